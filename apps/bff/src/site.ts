import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PAGE_POLICY, securityHeaders } from '@cloakroom/express/security-headers';
import express, { type RequestHandler, Router } from 'express';

/** Segments that no page has: what build tools and editors leave lying about. */
const NO_PAGE = /\/[.@_]|\/node_modules(\/|$)|\.[^/]*$/;

/**
 * Serve a built SPA: its files, and its page for every path that could be one. The page is asked for
 * anew each time; files below `/assets` have a hash in their names and are kept.
 */
export function site(folder: string, options: { secure: boolean }): RequestHandler {
  const page = join(folder, 'index.html');
  const router = Router();
  router.use(securityHeaders({ secure: options.secure, policy: PAGE_POLICY }));
  router.use(
    '/assets',
    express.static(join(folder, 'assets'), { immutable: true, maxAge: '1y', index: false }),
  );
  router.use(express.static(folder, { index: false, cacheControl: false, setHeaders: revalidate }));
  router.use((req, res, next) => {
    if (req.method !== 'GET' && req.method !== 'HEAD') {
      res.status(405).set('Allow', 'GET, HEAD').end();
    } else if (NO_PAGE.test(req.path) || req.path.startsWith('/assets/')) {
      res.status(404).type('text').send('Not found\n');
    } else if (existsSync(page)) {
      revalidate(res);
      res.sendFile(page, { cacheControl: false }, (error) => error && next(error));
    } else {
      res.status(404).type('text').send('The app is not built here: run `pnpm build`.\n');
    }
  });
  return router;
}

function revalidate(res: { setHeader(name: string, value: string): void }): void {
  res.setHeader('Cache-Control', 'no-cache');
}
