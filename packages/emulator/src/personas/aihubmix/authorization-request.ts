import type { App } from '../../provider/apps.ts';
import type { AihubmixProvider } from './aihubmix-provider.ts';
import { readScopes, type Scope } from './scopes.ts';

/** A request that may be shown to the user. */
export interface AuthorizationRequest {
  app: App;
  state: string;
  scopes: Scope[];
  /** `auto_authorize=true`: no consent page for somebody who is signed in. */
  auto: boolean;
}

/** A mistake of a client that is who it says: it is told, by a redirect (RFC 6749 section 4.1.2.1). */
export interface AuthorizationError {
  app: App;
  state: string | undefined;
  error: 'invalid_request' | 'unsupported_response_type' | 'invalid_scope';
  description: string;
}

/** No client, or not its redirect URI: nothing may be redirected anywhere. */
export interface UntrustedRequest {
  untrusted: 'client' | 'redirect';
}

type Params = Record<string, unknown>;

const NAMES = ['response_type', 'scope', 'state', 'auto_authorize'];

/** Read what a client asks for: of the query of authorize, or of the consent form that repeats it. */
export function readAuthorizationRequest(
  provider: AihubmixProvider,
  params: Params,
): AuthorizationRequest | AuthorizationError | UntrustedRequest {
  const app = provider.apps.find(text(params.client_id) ?? '');
  if (app === undefined) return { untrusted: 'client' };
  if (params.redirect_uri !== app.redirectUri) return { untrusted: 'redirect' };

  const state = text(params.state);
  const refuse = (error: AuthorizationError['error'], description: string) => ({
    app,
    state,
    error,
    description,
  });
  const twice = NAMES.find((name) => Array.isArray(params[name]));
  if (twice !== undefined) return refuse('invalid_request', `${twice} is given more than once`);
  const type = text(params.response_type);
  if (type === undefined) return refuse('invalid_request', 'response_type is missing');
  if (type !== 'code') return refuse('unsupported_response_type', 'response_type must be code');
  if (state === undefined) return refuse('invalid_request', 'state is missing');
  const scopes = readScopes(text(params.scope) ?? 'profile');
  if (scopes === undefined) return refuse('invalid_scope', 'known scopes are profile and balance');
  return { app, state, scopes, auto: params.auto_authorize === 'true' };
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
