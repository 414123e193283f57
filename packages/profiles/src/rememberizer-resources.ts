import type { Resources } from './provider-profile.ts';

/**
 * What an app may call of Rememberizer's API: its documents on search, documents and mementos, and
 * the OpenAPI file of its integration samples. Slashes at the end are the provider's own.
 */
export const rememberizerResources = {
  base: '/api/v1/',
  routes: [
    { path: 'documents/', methods: ['GET'], query: ['page', 'page_size', 'integration_type'] },
    {
      path: 'documents/search/',
      methods: ['GET'],
      query: ['q', 'n', 'from', 'to', 'prev_chunks', 'next_chunks'],
    },
    {
      path: 'documents/{id}/contents/',
      methods: ['GET'],
      query: ['start_chunk', 'end_chunk'],
    },
    { path: 'documents/memorize/', methods: ['POST'] },
    {
      path: 'discussions/{id}/contents',
      methods: ['GET'],
      query: ['integration_type', 'from', 'to'],
    },
    { path: 'integrations/', methods: ['GET'] },
    { path: 'mementos/', methods: ['GET', 'POST'] },
    { path: 'mementos/{id}/', methods: ['GET', 'DELETE'] },
    { path: 'mementos/memento_document/{id}/', methods: ['POST'] },
    { path: 'common-knowledge/subscribed-list/', methods: ['GET'] },
  ],
} satisfies Resources;
