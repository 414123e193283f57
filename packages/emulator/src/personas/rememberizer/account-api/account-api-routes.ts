import { type RequestHandler, Router } from 'express';
import { endpoint } from '../../../provider/endpoint.ts';
import { apiRoute } from '../api/api-route.ts';
import { jsonBody } from '../api/read-body.ts';
import type { RememberizerProvider } from '../rememberizer-provider.ts';
import { customLogout } from './custom-logout.ts';
import { customRefresh, watchCookieRefreshes } from './custom-refresh.ts';
import { signIn } from './signin.ts';
import { signUp } from './signup.ts';
import { verifyEmail } from './verify-email.ts';

/** The account API: a session in two cookies, without OAuth. */
export function accountApiRoutes(provider: RememberizerProvider): Router {
  const router = Router();
  const body: RequestHandler[] = [...jsonBody, provider.traffic.recordBody];
  apiRoute(router, '/api/v1/auth/signup/', {
    post: [endpoint(provider, 'signup'), ...body, signUp(provider)],
  });
  apiRoute(router, '/api/v1/auth/signin/', {
    post: [endpoint(provider, 'signin'), ...body, signIn(provider)],
  });
  apiRoute(router, '/api/v1/auth/verify-email/', {
    post: [endpoint(provider, 'verify-email'), ...body, verifyEmail(provider)],
  });
  apiRoute(router, '/api/v1/auth/custom-refresh/', {
    post: [
      watchCookieRefreshes(provider),
      endpoint(provider, 'custom-refresh'),
      customRefresh(provider),
    ],
  });
  apiRoute(router, '/api/v1/auth/custom-logout/', {
    post: [endpoint(provider, 'custom-logout'), customLogout(provider)],
  });
  return router;
}
