import type { RequestHandler, Router } from 'express';
import { refuse } from './refuse.ts';

type Method = 'get' | 'post' | 'delete';

/** Serve a path by its methods; any other is 405 and told which there are. */
export function apiRoute(
  router: Router,
  path: string,
  methods: Partial<Record<Method, RequestHandler[]>>,
): void {
  const route = router.route(path);
  for (const method of ['get', 'post', 'delete'] as const) {
    const handlers = methods[method];
    if (handlers !== undefined) route[method](handlers);
  }
  const allowed = Object.keys(methods).map((method) => method.toUpperCase());
  route.all((req, res) => {
    res.set('Allow', allowed.join(', '));
    refuse(res, 405, `Method "${req.method}" not allowed.`);
  });
}
