import { type AfdianApp, isTrusted } from './afdian-apps.ts';
import type { AfdianProvider } from './afdian-provider.ts';

/** A request that may be shown to the user. */
export interface AuthorizationRequest {
  app: AfdianApp;
  redirectUri: string;
  state: string | undefined;
}

/** What is wrong with a request. Nobody is redirected for it: nothing here ever answers a client but a code. */
export type RequestMistake = 'client' | 'redirectUri' | 'responseType' | 'scope' | 'state';

type Params = Record<string, unknown>;

/** Read what a client asks for: of the query of authorize, which the form of the page keeps in its address. */
export function readAuthorizationRequest(
  provider: AfdianProvider,
  params: Params,
): AuthorizationRequest | { mistake: RequestMistake } {
  const { client_id: clientId, redirect_uri: redirectUri, response_type, scope, state } = params;
  const app = typeof clientId === 'string' ? provider.apps.find(clientId) : undefined;
  if (app === undefined) return { mistake: 'client' };
  if (typeof redirectUri !== 'string' || !isTrusted(app, redirectUri)) {
    return { mistake: 'redirectUri' };
  }
  const { lenientAuthorize: lenient } = provider.settings;
  const isOnly = (given: unknown, value: string) =>
    given === value || (lenient && given === undefined);
  if (!isOnly(response_type, 'code')) return { mistake: 'responseType' };
  if (!isOnly(scope, 'basic')) return { mistake: 'scope' };
  if (state !== undefined && typeof state !== 'string') return { mistake: 'state' };
  return { app, redirectUri, state };
}
