import type { Response } from 'express';
import type { DemoUser } from '../../provider/users.ts';
import type { AihubmixProvider } from './aihubmix-provider.ts';
import type { AuthorizationError, AuthorizationRequest } from './authorization-request.ts';
import { grantedScope } from './scopes.ts';

/** Send the browser back with a code. */
export function redirectWithCode(
  provider: AihubmixProvider,
  to: { res: Response; request: AuthorizationRequest; user: DemoUser },
): void {
  const { app, scopes, state } = to.request;
  const code = provider.grants.issueCode({
    clientId: app.clientId,
    username: to.user.username,
    scope: grantedScope(scopes, provider.settings.grantedScope),
    redirectUri: app.redirectUri,
  });
  redirect(to.res, app.redirectUri, { code, state });
}

/** Send the browser back without one: the user said no. */
export function redirectWithDenial(res: Response, { app, state }: AuthorizationRequest): void {
  redirect(res, app.redirectUri, { error: 'access_denied', state });
}

/** Send the browser back with the client's mistake; `state` only where it came with one. */
export function redirectWithError(res: Response, request: AuthorizationError): void {
  const { app, error, description, state } = request;
  const params = { error, error_description: description };
  redirect(res, app.redirectUri, state === undefined ? params : { ...params, state });
}

function redirect(res: Response, redirectUri: string, params: Record<string, string>): void {
  const url = new URL(redirectUri);
  for (const [name, value] of Object.entries(params)) url.searchParams.append(name, value);
  res.set('Cache-Control', 'no-store').redirect(url.href);
}
