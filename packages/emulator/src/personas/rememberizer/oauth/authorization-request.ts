import type { UntrustedRequest } from '../../../pages/untrusted-request.ts';
import { type AuthorizationError, readCodeRequest, text } from '../../../provider/code-request.ts';
import type { RememberizerApp, RememberizerProvider } from '../rememberizer-provider.ts';
import { readScope } from './scope.ts';

/** A request that may be shown to the user. */
export interface AuthorizationRequest {
  app: RememberizerApp;
  /** The one of the app's that this request gave. */
  redirectUri: string;
  state: string;
  scope: string;
}

const NAMES = ['response_type', 'scope', 'state'];

/** Read what a client asks for: of the query of authorize, which the consent form keeps in its address. */
export function readAuthorizationRequest(
  provider: RememberizerProvider,
  params: Record<string, unknown>,
): AuthorizationRequest | AuthorizationError | UntrustedRequest {
  const app = provider.apps.find(text(params.client_id) ?? '');
  if (app === undefined) return { untrusted: 'invalid_client' };
  const redirectUri = app.redirectUris.find((one) => one === params.redirect_uri);
  if (redirectUri === undefined) return { untrusted: 'invalid_request' };

  const request = readCodeRequest(params, NAMES);
  if ('error' in request) return { redirectUri, ...request };
  const { state } = request;
  const scope = readScope(text(params.scope) ?? '');
  if (scope === undefined) {
    const description = 'the only known scope is offline_access';
    return { redirectUri, state, error: 'invalid_scope', description };
  }
  return { app, redirectUri, state, scope };
}
