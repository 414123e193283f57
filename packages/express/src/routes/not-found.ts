import type { RequestHandler } from 'express';
import { ApiError } from '../errors.ts';

/** Any path below ours that is none of ours. */
export const notFound: RequestHandler = () => {
  throw new ApiError('not_found');
};

/** The last line of a route: every method but these is refused, and `Allow` names them. */
export function only(...methods: string[]): RequestHandler {
  return (_req, res) => {
    res.set('Allow', methods.join(', '));
    throw new ApiError('method_not_allowed');
  };
}
