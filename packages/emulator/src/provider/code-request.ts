import type { Response } from 'express';
import { redirectWith } from './redirect-with.ts';

/** A mistake of a client that is who it says: it is told, by a redirect (RFC 6749 section 4.1.2.1). */
export interface AuthorizationError {
  redirectUri: string;
  state: string | undefined;
  error: 'invalid_request' | 'unsupported_response_type' | 'invalid_scope';
  description: string;
}

type Params = Record<string, unknown>;

/** Check what the providers want of a request for a code: each parameter once, its type, a state. */
export function readCodeRequest(
  params: Params,
  names: readonly string[],
): { state: string } | Omit<AuthorizationError, 'redirectUri'> {
  const state = text(params.state);
  const refuse = (error: AuthorizationError['error'], description: string) => ({
    state,
    error,
    description,
  });
  const twice = names.find((name) => Array.isArray(params[name]));
  if (twice !== undefined) return refuse('invalid_request', `${twice} is given more than once`);
  const type = text(params.response_type);
  if (type === undefined) return refuse('invalid_request', 'response_type is missing');
  if (type !== 'code') return refuse('unsupported_response_type', 'response_type must be code');
  if (state === undefined) return refuse('invalid_request', 'state is missing');
  return { state };
}

/** Read a parameter; undefined where it is empty, or not given once. */
export function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Send the browser back with the client's mistake; `state` only where it came with one. */
export function redirectWithError(res: Response, request: AuthorizationError): void {
  const { redirectUri, error, description, state } = request;
  redirectWith(res, redirectUri, { error, error_description: description, state });
}
