import { CSRF_HEADER } from '@cloakroom/contract/paths';
import type { z } from 'zod';
import { ApiError } from './api-error.ts';
import { problemOf } from './problem-of.ts';

/** What a call needs besides its path. */
export interface ApiRequestOptions<T> {
  /** What the body of the answer must be. */
  schema: z.ZodType<T>;
  /** @default 'GET' */
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Sent as JSON. */
  body?: unknown;
  signal?: AbortSignal;
  /** @default globalThis.fetch */
  fetch?: typeof globalThis.fetch;
}

/** Longer than the BFF itself waits for a provider and for somebody else's refresh. */
const TIME_OUT_MS = 30_000;

/**
 * Call the BFF that serves this page. Every call carries `X-CSRF: 1`; the session cookie goes along by
 * itself.
 * @returns the body, checked by `schema`
 * @throws {ApiError} for everything but a 2xx answer of the expected shape
 * @throws the signal's reason when `signal` aborted the call
 */
export async function apiRequest<T>(path: string, options: ApiRequestOptions<T>): Promise<T> {
  const response = await send(path, options);
  if (!response.ok) throw await problemOf(response);
  const body = options.schema.safeParse(await readBody(response));
  if (body.success) return body.data;
  throw new ApiError({ code: 'unexpected_answer', status: response.status, cause: body.error });
}

async function send<T>(path: string, options: ApiRequestOptions<T>): Promise<Response> {
  const { method = 'GET', body, signal, fetch = globalThis.fetch } = options;
  const timeOut = AbortSignal.timeout(TIME_OUT_MS);
  const headers: Record<string, string> = {
    Accept: 'application/json',
    [CSRF_HEADER.name]: CSRF_HEADER.value,
  };
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  try {
    return await fetch(path, {
      method,
      headers,
      body: body === undefined ? null : JSON.stringify(body),
      credentials: 'same-origin',
      cache: 'no-store',
      // The BFF never redirects a call: a redirect is somebody's sign-in page in between.
      redirect: 'error',
      signal: signal === undefined ? timeOut : AbortSignal.any([signal, timeOut]),
    });
  } catch (error) {
    signal?.throwIfAborted();
    throw new ApiError({ code: 'network_error', status: 0, cause: error });
  }
}

async function readBody(response: Response): Promise<unknown> {
  if (response.status === 204) return undefined;
  return response.json().catch(() => undefined);
}
