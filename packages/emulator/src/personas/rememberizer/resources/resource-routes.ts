import { type RequestHandler, Router } from 'express';
import { endpoint } from '../../../provider/endpoint.ts';
import { apiRoute } from '../api/api-route.ts';
import { jsonBody } from '../api/read-body.ts';
import type { Endpoint } from '../endpoints.ts';
import type { RememberizerProvider } from '../rememberizer-provider.ts';
import { accountDetails, me } from './account-details.ts';
import { commonKnowledge } from './common-knowledge.ts';
import { documentContents } from './document-contents.ts';
import { documents } from './documents.ts';
import { integrations } from './integrations.ts';
import { changeMemento } from './memento-documents.ts';
import { createMemento, deleteMemento, listMementos, readMemento } from './mementos.ts';
import { memorize } from './memorize.ts';
import { searchDocuments } from './search-documents.ts';

/** What a token may be used for, but the one path of `slashlessRoutes`. */
export function resourceRoutes(provider: RememberizerProvider): Router {
  const router = Router();
  const at = (name: Endpoint, ...handlers: RequestHandler[]) => [
    endpoint(provider, name),
    ...handlers,
  ];
  const body: RequestHandler[] = [...jsonBody, provider.traffic.recordBody];

  apiRoute(router, '/api/v1/account/', { get: at('account', accountDetails(provider)) });
  apiRoute(router, '/api/v1/me/', { get: at('me', me(provider)) });
  apiRoute(router, '/api/me/', { get: at('me', me(provider)) });
  apiRoute(router, '/api/v1/documents/', { get: at('documents', documents(provider)) });
  apiRoute(router, '/api/v1/documents/search/', { get: at('search', searchDocuments(provider)) });
  apiRoute(router, '/api/v1/documents/memorize/', {
    post: at('memorize', ...body, memorize(provider)),
  });
  apiRoute(router, '/api/v1/documents/:id/contents/', {
    get: at('contents', documentContents(provider)),
  });
  apiRoute(router, '/api/v1/integrations/', { get: at('integrations', integrations(provider)) });
  apiRoute(router, '/api/v1/common-knowledge/subscribed-list/', {
    get: at('common-knowledge', commonKnowledge(provider)),
  });
  apiRoute(router, '/api/v1/mementos/', {
    get: at('mementos', listMementos(provider)),
    post: at('mementos', ...body, createMemento(provider)),
  });
  apiRoute(router, '/api/v1/mementos/:id/', {
    get: at('mementos', readMemento(provider)),
    delete: at('mementos', deleteMemento(provider)),
  });
  apiRoute(router, '/api/v1/mementos/memento_document/:id/', {
    post: at('mementos', ...body, changeMemento(provider)),
  });
  return router;
}
