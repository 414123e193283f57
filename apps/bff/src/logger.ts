import { type DestinationStream, type Logger, pino } from 'pino';

/**
 * What must not be in a line, should somebody ever log a whole object. An authorization code has a
 * name that error codes have too: it is kept out by never logging a query.
 */
const SECRETS = [
  'authorization',
  'cookie',
  'set-cookie',
  'access_token',
  'refresh_token',
  'id_token',
  'client_secret',
  'state',
  'accessToken',
  'refreshToken',
  'clientSecret',
  'codeVerifier',
];

/**
 * Write JSON lines. Of an error only its type, message, code and stack are told, and of its causes
 * the same: libraries hang whole requests and answers on them.
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

interface ErrorDescription {
  type: string;
  message: string;
  code?: string;
  /** What a provider answered: an HTTP status and an OAuth error code. */
  status?: number;
  error?: string;
  stack?: string | undefined;
  cause?: ErrorDescription;
}

/** An answer that stands for an error: its status alone. */
function describeResponse(cause: unknown): ErrorDescription | undefined {
  if (!(cause instanceof Response)) return undefined;
  return { type: 'Response', message: `status ${cause.status}`, status: cause.status };
}

/** A code (RFC 6749 section 5.2) can hold no secret. */
const isErrorCode = (value: unknown): value is string =>
  typeof value === 'string' && /^[a-z_]{1,40}$/.test(value);

/** Describe an error without its own properties. */
function describeError(error: unknown): ErrorDescription | undefined {
  if (!(error instanceof Error)) return undefined;
  const cause = describeError(error.cause) ?? describeResponse(error.cause);
  return {
    type: error.name,
    message: error.message,
    ...('code' in error && typeof error.code === 'string' && { code: error.code }),
    ...('status' in error && typeof error.status === 'number' && { status: error.status }),
    ...('error' in error && isErrorCode(error.error) && { error: error.error }),
    stack: error.stack,
    ...(cause && { cause }),
  };
}
