import { Router } from 'express';
import { endpoint } from '../../../provider/endpoint.ts';
import { apiRoute } from '../api/api-route.ts';
import type { RememberizerProvider } from '../rememberizer-provider.ts';
import { discussionContents } from './discussion-contents.ts';

/**
 * The one path that is shown in both forms: the sample app calls it without a slash at the end, the
 * documentation has one. Mount it before whatever insists on the slash.
 */
export function slashlessRoutes(provider: RememberizerProvider): Router {
  const router = Router();
  apiRoute(router, '/api/v1/discussions/:id/contents', {
    get: [endpoint(provider, 'discussions'), discussionContents(provider)],
  });
  return router;
}
