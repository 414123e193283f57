import type { RequestHandler } from 'express';
import { ApiError } from '../errors.ts';

/**
 * Let only the navigation of a tab through: no prefetch, no frame, no subresource (W3C Fetch
 * Metadata). A browser that sends no such headers passes.
 */
export const navigationOnly: RequestHandler = (req, _res, next) => {
  const mode = req.get('Sec-Fetch-Mode');
  const destination = req.get('Sec-Fetch-Dest');
  const purpose = `${req.get('Sec-Purpose') ?? ''} ${req.get('Purpose') ?? ''}`;
  const isNavigation =
    (mode === undefined || mode === 'navigate') &&
    (destination === undefined || destination === 'document') &&
    !purpose.includes('prefetch');
  next(isNavigation ? undefined : new ApiError('navigation_required'));
};
