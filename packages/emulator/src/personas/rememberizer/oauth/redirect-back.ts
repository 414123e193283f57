import type { Response } from 'express';
import type { Account } from '../account.ts';
import type { RememberizerProvider } from '../rememberizer-provider.ts';
import type { AuthorizationError, AuthorizationRequest } from './authorization-request.ts';
import { grantedScope } from './scope.ts';

/** Send the browser back with a code. */
export function redirectWithCode(
  provider: RememberizerProvider,
  to: { res: Response; request: AuthorizationRequest; user: Account },
): void {
  const { app, redirectUri, scope, state } = to.request;
  const code = provider.grants.issueCode({
    clientId: app.clientId,
    username: to.user.username,
    scope: grantedScope(scope, provider.settings.grantedScope),
    redirectUri,
  });
  redirect(to.res, redirectUri, { code, state });
}

/** Send the browser back with the client's mistake; `state` only where it came with one. */
export function redirectWithError(res: Response, request: AuthorizationError): void {
  const { redirectUri, error, description, state } = request;
  const params = { error, error_description: description };
  redirect(res, redirectUri, state === undefined ? params : { ...params, state });
}

function redirect(res: Response, redirectUri: string, params: Record<string, string>): void {
  const url = new URL(redirectUri);
  for (const [name, value] of Object.entries(params)) url.searchParams.append(name, value);
  res.set('Cache-Control', 'no-store').redirect(url.href);
}
