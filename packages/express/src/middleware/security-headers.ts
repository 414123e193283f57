import type { RequestHandler } from 'express';
import helmet, { type HelmetOptions } from 'helmet';

type Directives = Record<string, string[]>;

/** Nothing may be loaded by, or framed from, an answer that is no page. */
const NOTHING: Directives = { 'default-src': ["'none'"], 'frame-ancestors': ["'none'"] };

/** What a page of the SPA may do: its own files, its own BFF, no inline script or style. */
export const PAGE_POLICY: Directives = {
  'default-src': ["'none'"],
  'script-src': ["'self'"],
  'style-src': ["'self'"],
  'img-src': ["'self'", 'data:'],
  'font-src': ["'self'"],
  'connect-src': ["'self'"],
  'manifest-src': ["'self'"],
  'form-action': ["'self'"],
  'frame-ancestors': ["'none'"],
  'base-uri': ["'none'"],
  'require-trusted-types-for': ["'script'"],
};

/**
 * Set the security headers of every answer, errors included.
 * @param options.secure whether browsers reach us by https: only then HSTS means something
 * @param options.policy Content Security Policy; default: nothing is allowed
 */
export function securityHeaders(options: { secure: boolean; policy?: Directives }): RequestHandler {
  const year = { maxAge: 31_536_000, includeSubDomains: true };
  const helmetOptions: HelmetOptions = {
    contentSecurityPolicy: { useDefaults: false, directives: options.policy ?? NOTHING },
    strictTransportSecurity: options.secure ? year : false,
    xFrameOptions: { action: 'deny' },
    referrerPolicy: { policy: 'no-referrer' },
  };
  const protect = helmet(helmetOptions);
  return (req, res, next) => {
    res.set('Permissions-Policy', 'camera=(), geolocation=(), microphone=(), payment=(), usb=()');
    protect(req, res, next);
  };
}
