import type { Resources } from '@cloakroom/profiles/provider-profile';

/** One of a profile's routes, as a request named it. */
export interface MatchedResource {
  /** Path below the base URL: the route's own, with what the request had in place of `{id}`. */
  path: string;
  methods: readonly string[];
  /** Parameters that pass. */
  query: readonly string[];
}

/** What may stand for `{id}`: nothing that any server reads as more than a name. */
const SEGMENT = '[A-Za-z0-9_-]{1,128}';

/**
 * Find the route of a path. What is compared is the path as it was sent, not decoded, so that no
 * spelling of one path is taken for another.
 * @param path below `/api/provider/`, without a query
 */
export function matchResource(
  resources: Resources | undefined,
  path: string,
): MatchedResource | undefined {
  const route = resources?.routes.find((one) => pattern(one.path).test(path));
  if (resources === undefined || route === undefined) return undefined;
  return { path: resources.base + path, methods: route.methods, query: route.query ?? [] };
}

const pattern = (path: string) =>
  new RegExp(`^${path.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replaceAll('{id}', SEGMENT)}$`);

/**
 * Take over the parameters of a query that pass, encoded anew.
 * @returns the query with its `?`, or nothing; `undefined` where one is given twice
 */
export function passedQuery(
  query: URLSearchParams,
  { query: names }: MatchedResource,
): string | undefined {
  const passed = new URLSearchParams();
  for (const name of names) {
    const values = query.getAll(name);
    if (values.length > 1) return undefined;
    if (values[0] !== undefined) passed.set(name, values[0]);
  }
  return passed.size === 0 ? '' : `?${passed}`;
}
