import { createHash, randomUUID } from 'node:crypto';
import { AuthorizationRequests } from './authorization-requests.ts';
import { canary, remember } from './canaries.ts';
import { type RegisteredClient, wrongClient } from './client-of-call.ts';
import { discoveryDocument } from './discovery-document.ts';
import { type Draft, type Forge, forgedJwt } from './forged-jwt.ts';
import { IssuerGrants } from './issuer-grants.ts';
import { type JsonAnswer, type ReceivedCall, ScriptedServer } from './scripted-server.ts';
import { newSigningKey, publicJwk, type SigningKey, sealedBy } from './signing-key.ts';

/** `token` is the code grant, `refresh` the refresh grant. */
export type IssuerEndpoint =
  | 'discovery'
  | 'jwks'
  | 'par'
  | 'token'
  | 'refresh'
  | 'userinfo'
  | 'revocation'
  | 'other';

export type IssuerCall = ReceivedCall<IssuerEndpoint>;

type Body = Record<string, unknown>;

/** Who signs in on the issuer's pages, and what they get. */
export interface AtIssuer {
  sub?: string;
  sid?: string;
  /** The issuer says no, by this code. */
  error?: string;
}

export interface HostileIssuerOptions extends Partial<RegisteredClient> {
  /** Of the issuer's address, with a slash at its end where its name has one. */
  path?: string;
  keys?: SigningKey[];
  /** The files of its certificate, where it speaks https. */
  tls?: { cert: string; key: string };
  /** Change the discovery document. */
  metadata?: (metadata: Body) => Body;
}

const PATHS: Record<string, IssuerEndpoint> = {
  '/.well-known/openid-configuration': 'discovery',
  '/jwks': 'jwks',
  '/par': 'par',
  '/token': 'token',
  '/userinfo': 'userinfo',
  '/revoke': 'revocation',
};

/** Seconds that an ID token lives. */
const ID_TOKEN_LIFE = 3600;

/**
 * An OpenID Connect issuer as the specifications have it, until a test bends it: every answer, every
 * part of a token. It counts all calls, and notes what a relying party must not do.
 */
export class HostileIssuer extends ScriptedServer<IssuerEndpoint> implements RegisteredClient {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly authMethod: RegisteredClient['authMethod'];
  readonly clientKey?: SigningKey;
  readonly path: string;
  /** What the relying party did that the specifications do not allow. */
  readonly violations: string[] = [];
  readonly grants = new IssuerGrants();
  readonly idTokens: string[] = [];
  redirectUri = '';
  /** What is published; the first one signs. */
  keys: SigningKey[];
  metadata: (metadata: Body) => Body;
  /** Bends the ID token of a code, and of a refresh. */
  idToken: Forge = (draft) => draft;
  refreshedIdToken: Forge = (draft) => draft;
  tokenResponse: (body: Body) => Body = (body) => body;
  userInfo: (claims: Body) => unknown = (claims) => claims;
  keySet: (keys: object[]) => unknown = (keys) => ({ keys });
  /** Seconds that its clock is ahead. */
  clockSkew = 0;
  expiresIn = 3600;
  readonly #seenAssertions = new Set<string>();
  readonly #requests = new AuthorizationRequests();

  constructor(options: HostileIssuerOptions = {}) {
    super(options.tls);
    this.clientId = options.clientId ?? `counter-${randomUUID()}`;
    this.clientSecret = remember('SECRET', options.clientSecret ?? canary('SECRET'));
    this.authMethod = options.authMethod ?? 'client_secret_basic';
    if (options.clientKey) this.clientKey = options.clientKey;
    this.path = options.path ?? '';
    this.keys = options.keys ?? [newSigningKey('RS256')];
    this.metadata = options.metadata ?? ((metadata) => metadata);
  }

  /** The issuer identifier. */
  get url(): string {
    return this.origin + this.path;
  }

  /** Seconds since the epoch, by its own clock. */
  get now(): number {
    return Math.floor(Date.now() / 1000) + this.clockSkew;
  }

  get signer(): SigningKey {
    return this.keys[0] as SigningKey;
  }

  /** Take back what was bent, but for the metadata and the keys. */
  override behave(): void {
    super.behave();
    this.idToken = (draft) => draft;
    this.refreshedIdToken = (draft) => draft;
    this.tokenResponse = (body) => body;
    this.userInfo = (claims) => claims;
    this.keySet = (keys) => ({ keys });
    this.clockSkew = 0;
    this.expiresIn = 3600;
    this.grants.checksPkce = true;
    this.grants.rotates = true;
  }

  /** Sign with a new key from now on; the old one is gone. */
  rotate(): void {
    this.keys = [newSigningKey(this.signer.alg)];
  }

  /** Somebody signs in on the issuer's pages: from the authorization URL to the callback URL. */
  authorize(location: string, { sub = 'user-1', sid, error }: AtIssuer = {}): URL {
    const { clientId: client_id, redirectUri } = this;
    const { state, nonce, challenge } = this.#requests.read(location, {
      client_id,
      redirect_uri: redirectUri,
    });
    remember('NONCE', nonce ?? '');
    const granted = { sub, sid, nonce, challenge, redirectUri };
    const callback = new URL(redirectUri);
    if (error === undefined) callback.searchParams.set('code', this.grants.issueCode(granted));
    else callback.searchParams.set('error', error);
    callback.searchParams.set('state', remember('STATE', state));
    if (this.#document().authorization_response_iss_parameter_supported)
      callback.searchParams.set('iss', this.url);
    return callback;
  }

  /** A logout token (OpenID Connect Back-Channel Logout 1.0 section 2.4), bent where told. */
  logoutToken(of: { sub?: string; sid?: string }, forge: Forge = (draft) => draft): string {
    const event = 'http://schemas.openid.net/event/backchannel-logout';
    const draft: Draft = {
      ...this.#draft({ ...of, jti: randomUUID(), events: { [event]: {} } }, 120),
      header: { alg: this.signer.alg, kid: this.signer.kid, typ: 'logout+jwt' },
    };
    return remember('LOGOUT', String(forgedJwt(draft, forge)));
  }

  #draft(about: Body, life: number): Draft {
    const { alg, kid } = this.signer;
    return {
      header: { alg, kid, typ: 'JWT' },
      claims: { iss: this.url, aud: this.clientId, iat: this.now, exp: this.now + life, ...about },
      seal: sealedBy(this.signer),
    };
  }

  #document(): Body {
    return this.metadata(discoveryDocument(this));
  }

  protected override endpointOf(path: string, form: URLSearchParams): IssuerEndpoint {
    const below = this.path.replace(/\/$/, '');
    const named = path.startsWith(below) ? PATHS[path.slice(below.length)] : undefined;
    const refreshes = named === 'token' && form.get('grant_type') === 'refresh_token';
    return refreshes ? 'refresh' : (named ?? 'other');
  }

  protected override answerOf(call: IssuerCall): JsonAnswer {
    switch (call.endpoint) {
      case 'discovery':
        return { status: 200, body: this.#document() };
      case 'jwks':
        return { status: 200, body: this.keySet(this.keys.map(publicJwk)) };
      case 'userinfo':
        return this.#userInfo(call);
      case 'other':
        this.violations.push(`unknown call ${call.method} ${call.url}`);
        return { status: 404 };
      default:
        return this.#asClient(call, call.endpoint);
    }
  }

  #asClient(call: IssuerCall, endpoint: IssuerEndpoint): JsonAnswer {
    const known = { audiences: [this.url, `${this.url}/token`], seen: this.#seenAssertions };
    const wrong = wrongClient(call, this, known);
    if (wrong !== undefined) {
      this.violations.push(`${endpoint}: ${wrong}`);
      return refusal(401, 'invalid_client');
    }
    if (endpoint === 'par') {
      const request_uri = this.#requests.push(call.form);
      return { status: 201, body: { request_uri, expires_in: 60 } };
    }
    if (endpoint === 'revocation') {
      this.grants.revoke(call.form.get('token') ?? '');
      return { status: 200 };
    }
    return this.#tokens(call.form, endpoint === 'refresh');
  }

  #tokens(form: URLSearchParams, isRefresh: boolean): JsonAnswer {
    const grant = isRefresh ? this.grants.refresh(form) : this.grants.redeem(form);
    if (grant === undefined) return refusal(400, 'invalid_grant');
    const { accessToken, refreshToken } = this.grants.issue(grant);
    const { sub, sid, nonce } = grant;
    const at_hash = leftHalf(accessToken, this.signer.alg);
    const about = { sub, sid, at_hash, ...(!isRefresh && { nonce }) };
    const forge = isRefresh ? this.refreshedIdToken : this.idToken;
    const idToken = forgedJwt(this.#draft(about, ID_TOKEN_LIFE), forge);
    if (typeof idToken === 'string') this.idTokens.push(remember('ID', idToken));
    const body = {
      access_token: accessToken,
      token_type: 'Bearer',
      expires_in: this.expiresIn,
      refresh_token: refreshToken,
      id_token: idToken,
    };
    return { status: 200, body: this.tokenResponse(body) };
  }

  #userInfo(call: IssuerCall): JsonAnswer {
    if (call.url.includes('?')) this.violations.push(`userinfo with a query: ${call.url}`);
    const bearer = /^Bearer (\S+)$/.exec(call.headers.authorization ?? '')?.[1] ?? '';
    const grant = this.grants.ofAccessToken(bearer);
    if (grant === undefined) return refusal(401, 'invalid_token');
    const { sub } = grant;
    const claims = { sub, name: 'Lin Ya-ting', preferred_username: 'yating' };
    return { status: 200, body: this.userInfo({ ...claims, email: `${sub}@example.com` }) };
  }
}

/** The left half of a token's hash (OpenID Connect Core section 3.1.3.6). */
export function leftHalf(token: string, alg: string): string {
  const hash = alg === 'EdDSA' || alg.endsWith('512') ? 'sha512' : 'sha256';
  const digest = createHash(hash).update(token).digest();
  return digest.subarray(0, digest.length / 2).toString('base64url');
}

function refusal(status: number, error: string): JsonAnswer {
  return { status, body: { error, error_description: canary('DESCRIPTION') } };
}
