import { loginErrorOfProvider } from '@cloakroom/contract/error-codes';
import { LoginError } from '../errors.ts';

/** What the provider sent to the callback (RFC 6749 section 4.1.2). */
export interface AuthorizationResponse {
  /** The one `state`; `undefined` where there is none, or more than one. */
  readonly state: string | undefined;
  /** Issuer identifier (RFC 9207), where one was sent, and how many were. */
  readonly iss: string | undefined;
  readonly issuers: number;
  /** Whether there is nothing to check a state of: an error without any, or nothing at all. */
  readonly stateless: boolean;
  /** Whether the provider sent an error. */
  readonly failed: boolean;
  /**
   * Read the outcome, once the state was checked.
   * @throws LoginError for everything but one code
   */
  outcome(): { code: string };
}

/** Read the query of a callback. A parameter without a value counts as absent (RFC 6749 section 3.1). */
export function authorizationResponse(query: URLSearchParams): AuthorizationResponse {
  const values = (name: string) => query.getAll(name).filter((value) => value !== '');
  const states = values('state');
  const codes = values('code');
  const errors = values('error');
  const issuers = values('iss');
  const [error] = errors;
  const [code] = codes;

  return {
    state: states.length === 1 ? states[0] : undefined,
    iss: issuers.length === 1 ? issuers[0] : undefined,
    issuers: issuers.length,
    stateless: states.length === 0 && (error !== undefined || code === undefined),
    failed: error !== undefined,
    outcome() {
      if (codes.length > 1 || errors.length > 1 || issuers.length > 1) {
        throw new LoginError('missing_parameters', 'a parameter was given twice');
      }
      if (error !== undefined)
        throw new LoginError(loginErrorOfProvider(error), 'the provider said no');
      if (code === undefined) throw new LoginError('missing_parameters', 'neither code nor error');
      return { code };
    },
  };
}
