import type { CookieJar } from 'tough-cookie';
import type { ProviderAnswer, ProviderClient } from '../oauth/provider-request.ts';
import { isOutageStatus } from '../oauth/provider-request.ts';
import { KnownTokenFailure, type TokenFailure } from '../oauth/token-endpoint.ts';

/** The provider did not accept what was sent: a wrong password, a captcha, a code, its own session. */
export class AccountRefusal extends KnownTokenFailure {
  // Private: loggers write an error's own properties, and an answer may say something about somebody.
  readonly #answer: ProviderAnswer;

  constructor(answer: ProviderAnswer) {
    super(`the account API answered ${answer.status}`);
    this.name = 'AccountRefusal';
    this.#answer = answer;
  }

  get answer(): ProviderAnswer {
    return this.#answer;
  }

  /** For a refresh: the provider's session is over, or the provider is in trouble. */
  get failure(): TokenFailure {
    const { status } = this.#answer;
    if (isOutageStatus(status)) return 'outage';
    return [400, 401, 403].includes(status) ? 'refused' : 'misconfigured';
  }
}

/** A call of the account API: what is sent, and the cookies that speak for somebody. */
export interface AccountCall {
  url: string;
  json?: object;
  /** Read, and written: the provider's cookies stay with it. */
  jar: CookieJar;
}

/**
 * Call an account API that keeps its session in cookies.
 * @throws AccountRefusal for every status but 2xx; ProviderRequestError
 */
export async function callAccountApi(
  client: ProviderClient,
  { url, json, jar }: AccountCall,
): Promise<ProviderAnswer> {
  const cookie = await jar.getCookieString(url);
  const answer = await client.send({
    url,
    method: 'POST',
    headers: {
      accept: 'application/json',
      ...(json !== undefined && { 'content-type': 'application/json' }),
      ...(cookie !== '' && { cookie }),
    },
    ...(json !== undefined && { body: JSON.stringify(json) }),
  });
  if (answer.status < 200 || answer.status > 299) throw new AccountRefusal(answer);
  for (const setCookie of [answer.headers['set-cookie'] ?? []].flat()) {
    await jar.setCookie(setCookie, url, { ignoreError: true });
  }
  return answer;
}
