import type { RequestHandler } from 'express';
import { ApiError } from '../errors.ts';

/**
 * Refuse what is fetched to be run or shown, as a script, an image or in a frame: the answers are
 * data for a page's own script (Fetch Metadata, `Sec-Fetch-Dest`). An address that somebody typed
 * is answered.
 */
export const dataOnly: RequestHandler = (req, _res, next) => {
  const asData = (req.get('Sec-Fetch-Dest') ?? 'empty') === 'empty';
  const typed = req.get('Sec-Fetch-Site') === 'none';
  next(asData || typed ? undefined : new ApiError('csrf_rejected'));
};
