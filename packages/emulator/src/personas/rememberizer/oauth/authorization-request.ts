import type { App } from '../../../provider/apps.ts';
import type { RememberizerAppRequest, RememberizerProvider } from '../rememberizer-provider.ts';
import { readScope } from './scope.ts';

export type RememberizerApp = App<RememberizerAppRequest>;

/** A request that may be shown to the user. */
export interface AuthorizationRequest {
  app: RememberizerApp;
  /** The one of the app's that this request gave. */
  redirectUri: string;
  state: string;
  scope: string;
}

/** A mistake of a client that is who it says: it is told, by a redirect (RFC 6749 section 4.1.2.1). */
export interface AuthorizationError {
  redirectUri: string;
  state: string | undefined;
  error: 'invalid_request' | 'unsupported_response_type' | 'invalid_scope';
  description: string;
}

/** No client, or none of its redirect URIs: nothing may be redirected anywhere. */
export interface UntrustedRequest {
  untrusted: 'client' | 'redirect';
}

type Params = Record<string, unknown>;

const NAMES = ['response_type', 'scope', 'state'];

/** Read what a client asks for: of the query of authorize, which the consent form repeats. */
export function readAuthorizationRequest(
  provider: RememberizerProvider,
  params: Params,
): AuthorizationRequest | AuthorizationError | UntrustedRequest {
  const app = provider.apps.find(text(params.client_id) ?? '');
  if (app === undefined) return { untrusted: 'client' };
  const redirectUri = app.redirectUris.find((one) => one === params.redirect_uri);
  if (redirectUri === undefined) return { untrusted: 'redirect' };

  const state = text(params.state);
  const refuse = (error: AuthorizationError['error'], description: string) => ({
    redirectUri,
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
  const scope = readScope(text(params.scope) ?? '');
  if (scope === undefined) return refuse('invalid_scope', 'the only known scope is offline_access');
  return { app, redirectUri, state, scope };
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
