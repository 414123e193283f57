/** Exit codes by kind of failure, after BSD's sysexits. */
export const exitCodes = {
  usage: 64,
  unavailable: 69,
  'cannot-write': 73,
  refused: 77,
} as const;

export type FailureKind = keyof typeof exitCodes;

/** A registration that did not come about. The message is for the user and holds no secret. */
export class RegistrationError extends Error {
  override name = 'RegistrationError';
  readonly kind: FailureKind;

  constructor(kind: FailureKind, message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }
}
