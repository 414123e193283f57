import type { Response } from 'express';

/** Answer as Flarum's own API does when something is wrong. */
export function sendJsonApiError(res: Response, status: number, code: string): void {
  res.status(status).type('application/vnd.api+json');
  res.send(JSON.stringify({ errors: [{ status: String(status), code }] }));
}
