import type { ErrorRequestHandler, RequestHandler, Response } from 'express';

/** Refuse as Django REST framework does: the reason is `detail`. */
export function refuse(res: Response, status: number, detail: string): void {
  res.status(status).json({ detail });
}

/** Refuse a body, with the reasons for each of its fields. */
export function refuseFields(res: Response, fields: Record<string, string[]>): void {
  res.status(400).json(fields);
}

/** Say that there is no such endpoint. */
export const refuseUnknown: RequestHandler = (_req, res) => refuse(res, 404, 'Not found.');

/** Answer what went wrong before a route could: a body that cannot be read. */
export const refuseUnexpected: ErrorRequestHandler = (error, _req, res, _next) => {
  const status = Number.isInteger(error.status) ? error.status : 500;
  const parse = error.type === 'entity.parse.failed' ? 'JSON parse error - ' : '';
  refuse(res, status, parse + String(error.message));
};
