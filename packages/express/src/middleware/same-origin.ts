import { CSRF_HEADER } from '@cloakroom/contract/paths';
import type { Request, RequestHandler } from 'express';
import { ApiError } from '../errors.ts';

/**
 * Refuse what another site sent: the defence against cross-site request forgery (RFC 10017 section
 * 6.1.3.3). A change needs the header that no other site can add without a preflight; a read needs
 * it too, unless the browser vouches that the page itself asked.
 *
 * @param publicUrl our origin
 * @param reads paths below which a read is guarded as well
 */
export function sameOrigin(publicUrl: string, reads: RegExp): RequestHandler {
  return (req, _res, next) => {
    // A preflight is answered by the route itself: 405, and without any CORS header.
    const allowed =
      req.method === 'OPTIONS' ||
      (!saysForeign(req, publicUrl) && (hasHeader(req) || isVouchedFor(req, reads)));
    next(allowed ? undefined : new ApiError('csrf_rejected'));
  };
}

function saysForeign(req: Request, publicUrl: string): boolean {
  const site = req.get('Sec-Fetch-Site');
  const origin = req.get('Origin');
  return site === 'cross-site' || site === 'same-site' || (origin ?? publicUrl) !== publicUrl;
}

const hasHeader = (req: Request) => req.get(CSRF_HEADER.name) === CSRF_HEADER.value;

function isVouchedFor(req: Request, reads: RegExp): boolean {
  if (req.method !== 'GET' && req.method !== 'HEAD') return false;
  const site = req.get('Sec-Fetch-Site');
  return !reads.test(req.path) || site === 'same-origin' || site === 'none';
}
