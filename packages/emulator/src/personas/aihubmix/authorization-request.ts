import type { UntrustedRequest } from '../../pages/untrusted-request.ts';
import type { App } from '../../provider/apps.ts';
import { type AuthorizationError, readCodeRequest, text } from '../../provider/code-request.ts';
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

const NAMES = ['response_type', 'scope', 'state', 'auto_authorize'];

/** Read what a client asks for: of the query of authorize, which the consent form keeps in its address. */
export function readAuthorizationRequest(
  provider: AihubmixProvider,
  params: Record<string, unknown>,
): AuthorizationRequest | AuthorizationError | UntrustedRequest {
  const app = provider.apps.find(text(params.client_id) ?? '');
  if (app === undefined) return { untrusted: 'invalid_client' };
  const { redirectUri } = app;
  if (params.redirect_uri !== redirectUri) return { untrusted: 'invalid_request' };

  const request = readCodeRequest(params, NAMES);
  if ('error' in request) return { redirectUri, ...request };
  const { state } = request;
  const scopes = readScopes(text(params.scope) ?? 'profile');
  if (scopes === undefined) {
    const description = 'known scopes are profile and balance';
    return { redirectUri, state, error: 'invalid_scope', description };
  }
  return { app, state, scopes, auto: params.auto_authorize === 'true' };
}
