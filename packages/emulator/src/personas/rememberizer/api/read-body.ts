import { json, type Request, type RequestHandler, type Response } from 'express';
import { z } from 'zod';
import { refuse, refuseFields } from './refuse.ts';

/** Read JSON and nothing else. */
export const jsonBody: RequestHandler[] = [
  (req, res, next) => {
    if (req.is('application/json')) return next();
    const type = req.headers['content-type'] ?? '';
    refuse(res, 415, `Unsupported media type "${type}" in request.`);
  },
  json({ limit: '2mb' }),
];

/** A text that must be there, in the words that Django REST framework refuses it with. */
export function required() {
  const error = ({ input }: { input?: unknown }) =>
    input === undefined ? 'This field is required.' : 'Not a valid string.';
  const isBlank = (text: string) => text.trim() === '';
  return z.string({ error }).refine((text) => !isBlank(text), 'This field may not be blank.');
}

/** Take a body that fits; answer 400 with the reasons per field where it does not, and give undefined. */
export function readBody<Body>(
  schema: z.ZodType<Body>,
  req: Request,
  res: Response,
): Body | undefined {
  const read = schema.safeParse(req.body);
  if (read.success) return read.data;
  // The first reason of a field is the one that counts: what follows from a blank is no news.
  const reasons = read.error.issues
    .toReversed()
    .map(({ path, message }) => [String(path[0] ?? 'non_field_errors'), [message]]);
  refuseFields(res, Object.fromEntries(reasons));
  return undefined;
}
