import type { Forum } from '../forum.ts';
import { mayUse, type OAuthClient } from '../oauth-clients.ts';
import { isWithin } from '../scopes.ts';
import { type OAuthError, oauthError } from './oauth-error.ts';
import { param } from './param.ts';
import { isRegistered } from './redirect-uri.ts';

/** What the server lets pass when the answer of the consent page reaches it. */
export interface AuthorizationRequest {
  client: OAuthClient;
  redirectUri: string;
  responseType: 'code' | 'token';
  scope: string;
  state: string;
}

/** No client, or not its redirect URI: nothing may be redirected. */
export interface Untrusted {
  untrusted: OAuthError;
}

/** A mistake that the client is told by a redirect. */
export interface Misformed {
  misformed: OAuthError;
  redirectUri: string;
  state: string;
}

type Params = Record<string, unknown>;

/** Check an authorization request as the library does, in its order. PKCE parameters mean nothing to it. */
export function readAuthorizationRequest(
  forum: Forum,
  params: Params,
): AuthorizationRequest | Untrusted | Misformed {
  const client = findClient(forum, params);
  if ('untrusted' in client) return client;
  const redirectUri = chooseRedirectUri(forum, client, params);
  if (typeof redirectUri !== 'string') return redirectUri;

  const state = param(params, 'state');
  const misformed = (error: string, description: string) => ({
    misformed: oauthError(error, description),
    redirectUri,
    state,
  });
  const responseType = param(params, 'response_type');
  if (responseType !== 'code' && responseType !== 'token') {
    return misformed('invalid_request', 'Invalid or missing response type');
  }
  if (responseType === 'token' && !forum.settings.allowImplicit) {
    return misformed('unsupported_response_type', 'implicit grant type not supported');
  }
  if (!mayUse(client, responseType === 'code' ? 'authorization_code' : 'implicit')) {
    return misformed('unauthorized_client', 'The grant type is unauthorized for this client_id');
  }
  const asked = param(params, 'scope');
  if (asked !== '' && !mayAsk(forum, client, asked)) {
    return misformed('invalid_scope', 'An unsupported scope was requested');
  }
  if (forum.settings.enforceState && state === '') {
    return misformed('invalid_request', 'The state parameter is required');
  }
  return { client, redirectUri, responseType, scope: asked || forum.scopes.default, state };
}

function findClient(forum: Forum, params: Params): OAuthClient | Untrusted {
  const clientId = param(params, 'client_id');
  if (clientId === '') return untrusted('invalid_client', 'No client id supplied');
  const client = forum.apps.find(clientId);
  return client ?? untrusted('invalid_client', 'The client id supplied is invalid');
}

function chooseRedirectUri(forum: Forum, client: OAuthClient, params: Params): string | Untrusted {
  const given = param(params, 'redirect_uri');
  if (given === '') return onlyRegistered(client);
  if (/#./.test(given)) {
    return untrusted('invalid_uri', 'The redirect URI must not contain a fragment');
  }
  if (isRegistered(client, given, forum.settings.requireExactRedirectUri)) return given;
  const description = 'The redirect URI provided is missing or does not match';
  return untrusted('redirect_uri_mismatch', description, '3.1.2');
}

function onlyRegistered({ redirectUri }: OAuthClient): string | Untrusted {
  if (redirectUri === '') return untrusted('invalid_uri', 'No redirect URI was supplied or stored');
  if (!redirectUri.includes(' ')) return redirectUri;
  const description = 'A redirect URI must be supplied when multiple redirect URIs are registered';
  return untrusted('invalid_uri', description, '3.1.2.3');
}

function mayAsk(forum: Forum, client: OAuthClient, scope: string): boolean {
  return client.scope === '' ? forum.scopes.exist(scope) : isWithin(scope, client.scope);
}

function untrusted(error: string, description: string, section?: string): Untrusted {
  return { untrusted: oauthError(error, description, section) };
}
