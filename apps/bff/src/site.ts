import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PAGE_POLICY, securityHeaders } from '@cloakroom/express/security-headers';
import express, { type ErrorRequestHandler, type RequestHandler, Router } from 'express';

/** Segments that no page has: what build tools and editors leave lying about. */
const NO_PAGE = /\/[.@_]|\/node_modules(\/|$)|^\/assets(\/|$)/;
/** Endings of files: one that is not there must not become the page. `/users/john.doe` is a page. */
const FILE =
  /\.([cm]?[jt]sx?|map|json|css|html?|xml|txt|md|ya?ml|toml|env|lock|log|php|sql|bak|zip|t?gz|pdf|png|jpe?g|gif|svg|ico|webp|avif|woff2?|ttf|wasm|webmanifest)$/i;

/**
 * Serve a built SPA: its files, and its page for every path that could be one. The page is asked for
 * anew each time; files below `/assets` have a hash in their names and are kept.
 */
export function site(folder: string, options: { secure: boolean }): RequestHandler {
  const router = Router();
  router.use(securityHeaders({ secure: options.secure, policy: PAGE_POLICY }));
  router.use(
    '/assets',
    express.static(join(folder, 'assets'), {
      immutable: true,
      maxAge: '1y',
      index: false,
      redirect: false,
    }),
  );
  const files = { index: false, redirect: false, cacheControl: false, setHeaders: revalidate };
  router.use(express.static(folder, files));
  router.use(page(join(folder, 'index.html')));
  router.use(plainError);
  return router;
}

function page(file: string): RequestHandler {
  return (req, res, next) => {
    if (req.method !== 'GET' && req.method !== 'HEAD') {
      res.status(405).set('Allow', 'GET, HEAD').end();
    } else if ([NO_PAGE, FILE].some((kind) => kind.test(decodeURIComponent(req.path)))) {
      res.status(404).type('text').send('Not found\n');
    } else if (existsSync(file)) {
      revalidate(res);
      res.sendFile(file, { cacheControl: false }, (error) => error && next(error));
    } else {
      res.status(404).type('text').send('The app is not built here: run `pnpm build`.\n');
    }
  };
}

/** What is wrong with a request for a file is said in a word: no stack, no path of ours. */
const plainError: ErrorRequestHandler = (error, _req, res, next) => {
  const { status = 500 } = error instanceof URIError ? { status: 400 } : error;
  if (res.headersSent || status >= 500) {
    next(error);
    return;
  }
  res.status(status).set('Cache-Control', 'no-store').type('text').send('Bad request\n');
};

function revalidate(res: { setHeader(name: string, value: string): void }): void {
  res.setHeader('Cache-Control', 'no-cache');
}
