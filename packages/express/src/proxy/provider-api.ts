import { ApiError } from '../errors.ts';
import type { Log } from '../log.ts';
import { type ApiAnswer, apiAnswer } from '../oauth/api-answer.ts';
import { callFailure } from '../oauth/call-failure.ts';
import type { Provider } from '../oauth/provider.ts';
import type { ProviderClient, ProviderRequest } from '../oauth/provider-request.ts';
import type { OpenSession, Sessions } from '../session/session.ts';
import type { FreshTokens } from '../tokens/fresh-tokens.ts';
import type { TokenSet } from '../tokens/token-set.ts';

/** A call of the provider's API, without what speaks for the session. */
export type ProviderCall = Omit<ProviderRequest, 'headers'> & { headers?: Record<string, string> };

/**
 * Call the provider's API in the name of a session. After a 401 the tokens are refreshed once and the
 * call is repeated once: it was not carried out.
 * @throws ApiError where no answer comes, and when the session is over
 */
export type ProviderApi = (
  session: OpenSession,
  provider: Provider,
  call: ProviderCall,
) => Promise<ApiAnswer>;

export interface ProviderApiOptions {
  client: ProviderClient;
  freshTokens: FreshTokens;
  sessions: Sessions;
  log: Log;
}

export function createProviderApi(options: ProviderApiOptions): ProviderApi {
  const { client, freshTokens, sessions, log } = options;

  return async function callProvider(session, provider, call) {
    const first = await freshTokens(session, provider);
    let answer = await send(provider, call, first);
    if (answer.status === 401) {
      const second = await freshTokens(session, provider, { failed: first.accessToken });
      answer = await send(provider, call, second);
    }
    if (answer.status === 401) {
      await sessions.close(session);
      log.info({ event: 'session.expired', session: session.keys.hash, provider: provider.id });
      throw new ApiError('session_expired', { reason: 'the provider refused a fresh token' });
    }
    return answer;
  };

  async function send(provider: Provider, call: ProviderCall, tokens: TokenSet) {
    const headers = {
      accept: 'application/json',
      ...call.headers,
      ...provider.credentials(tokens),
    };
    try {
      return apiAnswer(provider, await client.send({ ...call, headers }));
    } catch (error) {
      throw callFailure(error) ?? error;
    }
  }
}
