import type { Request } from 'express';

/** Read the token of the header `Authorization` (RFC 6750 section 2.1). */
export function bearerToken(req: Request): string | undefined {
  return /^Bearer +([\w\-.~+/]+=*)$/i.exec(req.headers.authorization ?? '')?.[1];
}
