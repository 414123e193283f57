import { fileURLToPath } from 'node:url';
import express, { type RequestHandler } from 'express';

const SHARED = fileURLToPath(new URL('./assets', import.meta.url));

/** Serve the files of a persona, and those that all have. */
export function assets(own: URL): RequestHandler[] {
  return [express.static(fileURLToPath(own)), express.static(SHARED)];
}
