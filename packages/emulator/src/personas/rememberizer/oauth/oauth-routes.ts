import { type RequestHandler, Router } from 'express';
import { endpoint } from '../../../provider/endpoint.ts';
import { tokenEndpoint, watchRefreshes } from '../../../provider/refreshes.ts';
import { apiRoute } from '../api/api-route.ts';
import type { RememberizerProvider } from '../rememberizer-provider.ts';
import { authorize, decide } from './authorize.ts';
import { token } from './token.ts';

/** The two endpoints of the authorization code grant. */
export function oauthRoutes(
  provider: RememberizerProvider,
  { form, ownForm }: { form: RequestHandler[]; ownForm: RequestHandler[] },
): Router {
  const router = Router();
  apiRoute(router, '/api/v1/auth/oauth2/authorize/', {
    get: [endpoint(provider, 'authorize'), authorize(provider)],
    post: [...ownForm, decide(provider)],
  });
  apiRoute(router, '/api/v1/auth/oauth2/token/', {
    post: [...form, watchRefreshes(provider), endpoint(provider, tokenEndpoint), token(provider)],
  });
  return router;
}
