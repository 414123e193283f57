import type { Logger } from 'pino';

/**
 * Where the engine tells what happens: a pino logger or anything of its shape. Every line is an
 * object with a fixed `event` name; tokens, codes, cookies and secrets are never among the fields.
 */
export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>;
