import { randomUUID } from 'node:crypto';

/** What a relying party asks for (OpenID Connect Core section 3.1.2.1), as far as it is remembered. */
export interface AuthorizationRequest {
  state: string;
  nonce: string | undefined;
  /** PKCE challenge (S256), where one was sent. */
  challenge: string | undefined;
}

/** The authorization requests of one client: in the address, or pushed before (RFC 9126). */
export class AuthorizationRequests {
  readonly #pushed = new Map<string, URLSearchParams>();

  /** Keep a request. @returns its `request_uri`, which is good once */
  push(form: URLSearchParams): string {
    const uri = `urn:ietf:params:oauth:request_uri:${randomUUID()}`;
    this.#pushed.set(uri, form);
    return uri;
  }

  /** Read the address that a browser was sent to. @throws where it is not as it must be */
  read(
    location: string,
    client: { client_id: string; redirect_uri: string },
  ): AuthorizationRequest {
    const asked = this.#asked(new URL(location).searchParams);
    const one = (name: string) => {
      const values = asked.getAll(name);
      if (values.length > 1) throw new Error(`${name} is given ${values.length} times`);
      return values[0];
    };
    const must = (isRight: boolean | undefined, name: string) => {
      if (!isRight) throw new Error(`${name} is ${one(name)}`);
    };
    const challenge = one('code_challenge');
    must(one('client_id') === client.client_id, 'client_id');
    must(one('redirect_uri') === client.redirect_uri, 'redirect_uri');
    must(one('response_type') === 'code', 'response_type');
    must(one('scope')?.split(' ').includes('openid'), 'scope');
    must(!challenge || one('code_challenge_method') === 'S256', 'code_challenge_method');
    return { state: one('state') ?? '', nonce: one('nonce'), challenge };
  }

  #asked(given: URLSearchParams): URLSearchParams {
    const uri = given.get('request_uri');
    if (uri === null) return given;
    const pushed = this.#pushed.get(uri);
    this.#pushed.delete(uri);
    if (pushed === undefined) throw new Error('an unknown request_uri, or one that was used');
    const names = [...given.keys()].sort().join();
    if (names !== 'client_id,request_uri') throw new Error(`more than the request_uri: ${names}`);
    return pushed;
  }
}
