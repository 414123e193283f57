import type { JsonObject } from '@cloakroom/profiles/provider-profile';
import { ApiError } from '../errors.ts';
import type { Log } from '../log.ts';
import { jsonObject } from '../oauth/json-object.ts';
import type { Provider } from '../oauth/provider.ts';
import {
  type ProviderAnswer,
  type ProviderClient,
  ProviderRequestError,
} from '../oauth/provider-request.ts';
import type { OpenSession, Sessions } from '../session/session.ts';
import type { FreshTokens } from '../tokens/fresh-tokens.ts';

/**
 * Ask the provider's API for a JSON object in the name of a session. After a 401 the tokens are
 * refreshed once and the call is repeated once.
 * @throws ApiError for every outcome but 200 with a JSON object
 */
export type ProviderApi = (
  session: OpenSession,
  provider: Provider,
  call: { endpoint: 'userInfo' | 'topup'; signal: AbortSignal },
) => Promise<JsonObject>;

export interface ProviderApiOptions {
  client: ProviderClient;
  freshTokens: FreshTokens;
  sessions: Sessions;
  log: Log;
}

export function createProviderApi(options: ProviderApiOptions): ProviderApi {
  const { client, freshTokens, sessions, log } = options;

  return async function callProvider(session, provider, { endpoint, signal }) {
    const send = sender(provider.endpoint(endpoint), signal);
    const first = await freshTokens(session, provider);
    let answer = await send(first.accessToken);
    if (answer.status === 401) {
      const second = await freshTokens(session, provider, { failed: first.accessToken });
      answer = await send(second.accessToken);
    }
    if (answer.status === 401) {
      await sessions.close(session);
      log.info({ event: 'session.expired', session: session.keys.hash, provider: provider.id });
      throw new ApiError('session_expired', { reason: 'the provider refused a fresh token' });
    }
    return usable(answer);
  };

  function sender(url: string, signal: AbortSignal) {
    return async (accessToken: string): Promise<ProviderAnswer> => {
      const headers = { accept: 'application/json', authorization: `Bearer ${accessToken}` };
      try {
        return await client.send({ url, method: 'GET', headers, signal });
      } catch (error) {
        throw error instanceof ProviderRequestError ? lost(error) : error;
      }
    };
  }
}

function lost(error: ProviderRequestError): ApiError {
  switch (error.failure) {
    case 'unreachable':
    case 'lost':
      return new ApiError('provider_unavailable', { cause: error });
    case 'timeout':
      return new ApiError('provider_timeout', { cause: error });
    case 'broken':
      return new ApiError('provider_error', { cause: error });
  }
}

function usable(answer: ProviderAnswer): JsonObject {
  const reason = `status ${answer.status}`;
  switch (answer.status) {
    case 200: {
      const body = jsonObject(answer);
      if (body === undefined) throw new ApiError('provider_error', { reason: 'no JSON object' });
      return body;
    }
    case 403:
      throw new ApiError('provider_forbidden', { reason });
    case 404:
      throw new ApiError('not_found', { reason });
    case 429:
      throw new ApiError('rate_limited', { reason, retryAfter: retryAfterOf(answer) });
    default:
      throw new ApiError('provider_error', { reason });
  }
}

/** Seconds; a provider that says none, or a date, is given a minute. */
function retryAfterOf({ headers }: ProviderAnswer): number {
  const value = String(headers['retry-after'] ?? '');
  return /^\d{1,6}$/.test(value) ? Number(value) : 60;
}
