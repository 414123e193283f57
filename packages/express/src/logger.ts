import { type DestinationStream, type Logger, pino } from 'pino';
import { bareError } from './bare-error.ts';

/**
 * What must not be in a line, should somebody ever log a whole object. An authorization code has a
 * name that error codes have too: it is kept out by never logging a query.
 */
const SECRETS = [
  'authorization',
  'cookie',
  'cookies',
  'set-cookie',
  'access_token',
  'refresh_token',
  'id_token',
  'client_secret',
  'password',
  'state',
  'accessToken',
  'refreshToken',
  'idToken',
  'clientSecret',
  'clientKey',
  'codeVerifier',
];

/**
 * Write JSON lines. Of an error only its type, message, code and stack are told, and of its causes
 * the same.
 * @param destination default: standard output
 */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: { pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: {
      paths: SECRETS.flatMap((name) => [`["${name}"]`, `*["${name}"]`, `*.*["${name}"]`]),
      censor: '[redacted]',
    },
    serializers: { err: describeError },
  };
  return destination ? pino(options, destination) : pino(options);
}

function describeError(thrown: unknown): object | undefined {
  const error = bareError(thrown);
  if (error === undefined) return undefined;
  const { name: type, message, stack, cause, ...told } = error;
  return { type, message, ...told, stack, cause: describeError(cause) };
}
