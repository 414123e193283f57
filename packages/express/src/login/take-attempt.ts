import type { Request, Response } from 'express';
import { LoginError } from '../errors.ts';
import type { RedirectProvider } from '../oauth/provider.ts';
import { StoreUnavailableError } from '../store/store.ts';
import type { Attempt, Attempts } from './attempt.ts';
import type { AuthorizationResponse } from './authorization-response.ts';

/**
 * Take the attempt that a callback answers: of this browser, of this provider, not older than ten
 * minutes, and by nobody else.
 * @throws LoginError `invalid_state`; what the provider said where there is no state to check, or no
 *   store to ask; `session_store_unavailable`
 */
export async function takeAttempt(
  attempts: Attempts,
  callback: {
    req: Request;
    res: Response;
    provider: RedirectProvider;
    response: AuthorizationResponse;
  },
): Promise<Attempt> {
  const { req, res, provider, response } = callback;
  if (response.stateless) response.outcome();

  const attempt = response.state === undefined ? undefined : attempts.find(req, response.state);
  if (attempt === undefined) throw new LoginError('invalid_state', 'no attempt of this browser');
  if (attempt.provider !== provider.id) throw new LoginError('invalid_state', 'other provider');
  const { issuer, authorization_response_iss_parameter_supported: sendsIss } =
    await provider.metadata();
  // RFC 9207 section 2.4: compared where it is sent, and missed where it was announced.
  const isOthers =
    response.iss === undefined ? sendsIss && response.issuers === 0 : response.iss !== issuer;
  try {
    const isFirst = await attempts.take(res, attempt);
    if (isFirst && !isOthers) return attempt;
  } catch (error) {
    if (!(error instanceof StoreUnavailableError)) throw error;
    if (response.failed && !isOthers) response.outcome();
    throw new LoginError('session_store_unavailable', 'the attempt could not be taken', error);
  }
  throw new LoginError('invalid_state', isOthers ? 'wrong iss' : 'already used');
}
