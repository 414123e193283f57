import type { Logger } from 'pino';
import { bareError } from './bare-error.ts';

/**
 * Where the engine tells what happens: a pino logger or anything of its shape. Every line is an
 * object with a fixed `event` name; tokens, codes, cookies and secrets are never among the fields.
 */
export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>;

/** Hand errors on without what hangs on them: nobody knows what a logger writes of an error. */
export function withBareErrors(log: Log): Log {
  return {
    debug: bared(log.debug.bind(log)),
    info: bared(log.info.bind(log)),
    warn: bared(log.warn.bind(log)),
    error: bared(log.error.bind(log)),
  };
}

type Write = (line: object) => void;

const bared =
  (write: Write): Write =>
  (line) =>
    write('err' in line ? { ...line, err: bareError(line.err) } : line);
