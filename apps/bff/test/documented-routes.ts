/** A route of Rememberizer's API that an app may call, as its documents describe it. */
export interface DocumentedRoute {
  /** Below `/api/v1/`; `{id}` stands for a number or a name. */
  path: string;
  methods: string[];
  query: string[];
}

/** All of them: what is not here must never reach the provider. Not every path ends in a slash. */
export const ROUTES: readonly DocumentedRoute[] = [
  { path: 'documents/', methods: ['GET'], query: ['page', 'page_size', 'integration_type'] },
  {
    path: 'documents/search/',
    methods: ['GET'],
    query: ['q', 'n', 'from', 'to', 'prev_chunks', 'next_chunks'],
  },
  { path: 'documents/{id}/contents/', methods: ['GET'], query: ['start_chunk', 'end_chunk'] },
  { path: 'documents/memorize/', methods: ['POST'], query: [] },
  {
    path: 'discussions/{id}/contents',
    methods: ['GET'],
    query: ['integration_type', 'from', 'to'],
  },
  { path: 'integrations/', methods: ['GET'], query: [] },
  { path: 'common-knowledge/subscribed-list/', methods: ['GET'], query: [] },
  { path: 'mementos/', methods: ['GET', 'POST'], query: [] },
  { path: 'mementos/{id}/', methods: ['GET', 'DELETE'], query: [] },
  { path: 'mementos/memento_document/{id}/', methods: ['POST'], query: [] },
];

/** Every pair of a path and a method that passes, with an id in it. */
export const PAIRS: readonly [method: string, path: string][] = ROUTES.flatMap(
  ({ path, methods }) =>
    methods.map((method): [string, string] => [method, path.replace('{id}', '12345')]),
);

export const METHODS = [
  ...['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
  ...['TRACE', 'PROPFIND', 'SEARCH'],
];

/** The methods of the route that this path names to the letter; none where nothing is listed. */
export function methodsAt(path: string): string[] {
  const listed = ROUTES.find(({ path: one }) => {
    const [before = '', after] = one.split('{id}');
    if (after === undefined) return path === one;
    const id = path.slice(before.length, path.length - after.length);
    return path === before + id + after && /^[A-Za-z0-9_-]{1,64}$/.test(id);
  });
  return listed?.methods ?? [];
}
