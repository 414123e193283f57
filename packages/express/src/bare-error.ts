/** An error as a log may tell it: nothing else hangs on it. */
export interface BareError extends Error {
  code?: string;
  /** What a provider answered: an HTTP status and an OAuth error code. */
  status?: number;
  error?: string;
}

/**
 * Copy of an error what a log may tell, and of its causes the same: libraries hang whole requests
 * and answers on them. An answer that stands for an error is told by its status.
 */
export function bareError(thrown: unknown): BareError | undefined {
  if (thrown instanceof Response) {
    const { status } = thrown;
    return Object.assign(new Error(`status ${status}`), { name: 'Response', status, stack: '' });
  }
  if (!(thrown instanceof Error)) return undefined;
  const { name, message, stack = '' } = thrown;
  const cause = bareError(thrown.cause);
  const tell = thrown instanceof SyntaxError ? unquoted : String;
  return Object.assign(new Error(tell(message), cause && { cause }), {
    name,
    stack: tell(stack),
    ...('code' in thrown && typeof thrown.code === 'string' && { code: thrown.code }),
    ...('status' in thrown && typeof thrown.status === 'number' && { status: thrown.status }),
    ...('error' in thrown && isErrorCode(thrown.error) && { error: thrown.error }),
  });
}

/** V8 quotes what it could not parse. */
const unquoted = (text: string) => text.replace(/".*"/s, '"..."');

/** A code (RFC 6749 section 5.2) can hold no secret. */
const isErrorCode = (value: unknown): value is string =>
  typeof value === 'string' && /^[a-z_]{1,40}$/.test(value);
