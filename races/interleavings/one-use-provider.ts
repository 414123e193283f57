import {
  type ProviderAnswer,
  type ProviderClient,
  ProviderRequestError,
} from '../../packages/express/src/oauth/provider-request.ts';
import type { TokenSet } from '../../packages/express/src/tokens/token-set.ts';
import { Grant } from './grant.ts';
import type { Messages } from './messages.ts';
import { type RefreshPlan, USUAL } from './refresh-plan.ts';
import { actors, type VirtualTime } from './virtual-time.ts';

/** A call of the provider's API. */
export interface ApiCall {
  /** Moment of its arrival. */
  at: number;
  /** Name of the use that made it. */
  use: string;
  grant: Grant | undefined;
  token: string;
  accepted: boolean;
}

/** Milliseconds after which a client gives up. */
export const PROVIDER_TIMEOUT = 10_000;

/** A provider of refresh tokens that are good for one use; a second use revokes the grant. */
export class OneUseProvider {
  readonly grants: Grant[] = [];
  readonly calls: ApiCall[] = [];
  readonly #access = new Map<string, { grant: Grant; endsAt: number }>();
  readonly #time: VirtualTime;
  readonly #messages: Messages;
  readonly #plans: RefreshPlan[];
  readonly #oneShot: boolean;

  constructor(options: {
    time: VirtualTime;
    messages: Messages;
    plans: readonly RefreshPlan[];
    oneShot: boolean;
  }) {
    this.#oneShot = options.oneShot;
    this.#time = options.time;
    this.#messages = options.messages;
    this.#plans = [...options.plans];
  }

  /**
   * Give a login its tokens.
   * @param access.life seconds
   * @param access.age milliseconds that the access token has lived already
   */
  login(user: number, { life, age }: { life: number; age: number }): [Grant, TokenSet] {
    const grant = new Grant(`g${this.grants.length}`, { user, oneShot: this.#oneShot });
    this.grants.push(grant);
    const obtainedAt = this.#time.now() - age;
    const expiresAt = obtainedAt + life * 1000;
    const { accessToken, refreshToken } = grant;
    this.#access.set(accessToken, { grant, endsAt: expiresAt });
    return [grant, { accessToken, refreshToken, obtainedAt, expiresAt }];
  }

  /** Would the provider's API take this access token now? */
  isLive(token: string): boolean {
    const access = this.#access.get(token);
    return access !== undefined && !access.grant.revoked && access.endsAt > this.#time.now();
  }

  expireAccessTokens(): void {
    for (const token of this.#access.values()) token.endsAt = 0;
  }

  /** From now on nothing goes wrong here. */
  recover(): void {
    this.#plans.length = 0;
  }

  /** The connection of one process. */
  client(process: string): ProviderClient {
    return {
      send: ({ method, headers, body }) =>
        method === 'GET'
          ? this.#userInfo(headers.authorization?.slice('Bearer '.length) ?? '', process)
          : this.#refresh(new URLSearchParams(String(body)).get('refresh_token') ?? '', process),
      close: async () => {},
    };
  }

  async #userInfo(token: string, process: string): Promise<ProviderAnswer> {
    await this.#messages.travel(`${process}>api`, token);
    const access = this.#access.get(token);
    const grant = access?.grant;
    const accepted = grant !== undefined && this.isLive(token);
    const use = actors.getStore()?.name ?? '';
    this.calls.push({ at: this.#messages.moment(), use, grant, token, accepted });
    const reply = accepted ? answer(200, { id: grant.user }) : answer(401, {});
    await this.#messages.travel(`${process}<api`, token);
    return reply;
  }

  async #refresh(token: string, by: string): Promise<ProviderAnswer> {
    const grant = this.grants.find(({ name }) => token.startsWith(`r-${name}-`));
    if (grant === undefined) throw new Error(`no grant of ${token}`);
    const plan = this.#plans.shift() ?? USUAL;
    if (plan.kind !== 'ok') grant.troubled = true;
    if (plan.kind === 'unreachable') {
      await this.#time.sleep(plan.before);
      throw new ProviderRequestError('unreachable');
    }
    grant.send(token, by);
    await this.#messages.travel(`${by}>token`, token);
    // The provider goes on also when whoever asked is dead.
    const reply = await actors.exit(() => this.#process(grant, token, plan));
    await this.#messages.travel(`${by}<token`, token);
    if (reply === undefined) {
      const used = plan.kind === 'lost' || plan.kind === 'late';
      grant.settle(token, { by, fate: used ? 'accident' : 'not processed' });
      const inTime = plan.kind === 'lost' || plan.kind === 'reset';
      throw new ProviderRequestError(inTime ? 'lost' : 'timeout');
    }
    grant.settle(token, { by, fate: FATES[reply.status] ?? 'not processed' });
    return reply;
  }

  /** @returns the answer, if the client gets one */
  async #process(
    grant: Grant,
    token: string,
    plan: RefreshPlan,
  ): Promise<ProviderAnswer | undefined> {
    const { kind, before, after } = plan;
    await this.#time.sleep(before);
    const reply = this.#answer(grant, token, plan);
    const gaveUp = kind === 'hang' || kind === 'late';
    await this.#time.sleep(gaveUp ? PROVIDER_TIMEOUT - before : after);
    return gaveUp || kind === 'lost' || kind === 'reset' ? undefined : reply;
  }

  #answer(grant: Grant, token: string, { kind, life }: RefreshPlan): ProviderAnswer {
    if (kind === 'status 503' || kind === 'hang' || kind === 'reset') return answer(503, {});
    if (kind === 'invalid_client') return answer(401, { error: 'invalid_client' });
    if (kind === 'invalid_grant') grant.revoked ||= 'by the user';
    if (!grant.use(token)) return answer(400, { error: 'invalid_grant' });
    const { accessToken, refreshToken } = grant;
    const endsAt = this.#time.now() + life * 1000;
    this.#access.set(accessToken, { grant, endsAt });
    return answer(200, {
      access_token: accessToken,
      ...(!this.#oneShot && { refresh_token: refreshToken }),
      token_type: 'Bearer',
      expires_in: life,
    });
  }
}

const FATES: Record<number, 'answered' | 'refused'> = {
  200: 'answered',
  400: 'refused',
  // Turned away at the door: the token was not looked at.
  401: 'refused',
};

function answer(status: number, body: object): ProviderAnswer {
  const headers = { 'content-type': 'application/json' };
  return { status, headers, body: JSON.stringify(body) };
}
