import { canary } from './canaries.ts';
import { type StrictCall, type StrictReply, StrictServer } from './strict-server.ts';

type Endpoint = 'signin' | 'signup' | 'verify-email' | 'refresh' | 'logout' | 'account' | 'other';

const ENDPOINTS: Record<string, Endpoint> = {
  'POST /api/v1/auth/signin/': 'signin',
  'POST /api/v1/auth/signup/': 'signup',
  'POST /api/v1/auth/verify-email/': 'verify-email',
  'POST /api/v1/auth/custom-refresh/': 'refresh',
  'POST /api/v1/auth/custom-logout/': 'logout',
  'GET /api/v1/account/': 'account',
  'GET /api/v1/documents/': 'other',
};

/** Members of the JSON that a call takes; every one is text. */
const MEMBERS: Partial<Record<Endpoint, string>> = {
  signin: 'captcha,login,password',
  signup: 'captcha,email,name,password',
  'verify-email': 'verification_code',
};

export interface Member {
  id: number | string;
  login: string;
  password: string;
}

let members = 0;

/** Somebody whom nobody else in the suite is. */
export function member(): Member {
  members += 1;
  return { id: 500 + members, login: `member${members}@example.com`, password: canary('PASSWORD') };
}

interface Session {
  member: Member;
  access: string;
  refresh: string;
  ended: boolean;
}

/** Rememberizer's account API as its document shows it: JSON in, cookies out, slashes at the end. */
export class StrictAccount extends StrictServer<Endpoint> {
  readonly clientId = '';
  readonly clientSecret = '';
  readonly redirectUris: string[] = [];
  /** Seconds of the access cookie; null for one without an end. */
  accessLife: number | null = 900;
  /** Seconds of the refresh cookie. */
  refreshLife = 1_209_600;
  /** Whether a refresh replaces the refresh cookie too. */
  rotates = true;
  /** Whether a sign-up signs in at once. */
  signsInAtOnce = false;
  /** How often a refresh cookie came that had been replaced. */
  reuses = 0;
  readonly code = '246810';
  readonly #members = new Map<string, Member>();
  readonly #sessions: Session[] = [];
  readonly #replaced = new Set<string>();

  /** Know somebody. */
  enrol(who: Member = member()): Member {
    this.#members.set(who.login, who);
    return who;
  }

  /** The access cookies end at once; the refresh cookies stay. */
  expireAccess(): void {
    for (const session of this.#sessions) session.access = canary('PROVIDER_COOKIE');
  }

  protected endpointOf(method: string, path: string): Endpoint | undefined {
    return ENDPOINTS[`${method} ${path}`];
  }

  protected reply(call: StrictCall<Endpoint>): StrictReply {
    const { endpoint } = call;
    if (endpoint === 'refresh') return this.#refresh(call);
    if (endpoint === 'logout') return this.#logout(call);
    if (endpoint === 'account' || endpoint === 'other') return this.#read(call);
    const json = this.#json(call);
    if (endpoint === 'signin') return this.#signIn(json);
    return endpoint === 'signup' ? this.#signUp(json) : this.#verify(call, json);
  }

  #json({ endpoint, headers, body }: StrictCall<Endpoint>): Record<string, string> {
    const type = headers['content-type'] ?? '';
    this.insist(/^application\/json\b/.test(type), `${endpoint} as ${type}`);
    const json = JSON.parse(body.toString() || '{}');
    const allowed = (MEMBERS[endpoint as Endpoint] ?? '').split(',');
    const names = Object.keys(json);
    this.insist(
      names.every((name) => allowed.includes(name)),
      `${endpoint} with ${names}`,
    );
    const isVerification = endpoint === 'verify-email';
    this.insist(isVerification || !headers.authorization, `${endpoint} with Authorization`);
    this.insist(isVerification || !headers.cookie, `${endpoint} with a cookie`);
    return json;
  }

  #signIn({ login = '', password, captcha }: Record<string, string>): StrictReply {
    if (!captcha || captcha === 'wrong') return { status: 400, body: { captcha: ['Wrong.'] } };
    const who = this.#members.get(login);
    if (who?.password !== password || who === undefined) return unauthorized;
    return { status: 204, headers: { 'set-cookie': this.#open(who) } };
  }

  #signUp({ email = '', password = '', captcha }: Record<string, string>): StrictReply {
    if (!captcha || captcha === 'wrong') return { status: 400, body: { captcha: ['Wrong.'] } };
    if (this.#members.has(email)) return { status: 400, body: { email: [`${email} is taken.`] } };
    const who = this.enrol({ ...member(), login: email, password });
    const headers = this.signsInAtOnce ? { 'set-cookie': this.#open(who) } : {};
    return { status: 201, headers, body: { id: who.id, email, access: canary('AT') } };
  }

  #verify(call: StrictCall<Endpoint>, json: Record<string, string>): StrictReply {
    const [, token] = /^Bearer (\S+)$/.exec(call.headers.authorization ?? '') ?? [];
    if (!this.#sessions.some(({ access, ended }) => access === token && !ended))
      return unauthorized;
    if (json.verification_code !== this.code)
      return { status: 400, body: { verification_code: ['Wrong.'] } };
    return { status: 200, body: { detail: 'verified' } };
  }

  #refresh(call: StrictCall<Endpoint>): StrictReply {
    this.insist(call.body.length === 0, 'refresh with a body');
    const sent = cookie(call, 'refresh_token');
    if (this.#replaced.has(sent)) this.reuses += 1;
    const session = this.#sessions.find(({ refresh, ended }) => refresh === sent && !ended);
    if (session === undefined) return unauthorized;
    session.access = canary('PROVIDER_COOKIE');
    if (this.rotates) {
      this.#replaced.add(sent);
      session.refresh = canary('PROVIDER_COOKIE');
    }
    return { status: 204, headers: { 'set-cookie': this.#cookies(session) } };
  }

  #logout(call: StrictCall<Endpoint>): StrictReply {
    this.insist(call.body.length === 0, 'logout with a body');
    const sent = cookie(call, 'refresh_token');
    for (const session of this.#sessions) if (session.refresh === sent) session.ended = true;
    const gone = ['access_token', 'refresh_token'].map((name) => `${name}=; Max-Age=0; Path=/`);
    return { status: 204, headers: { 'set-cookie': gone } };
  }

  #read(call: StrictCall<Endpoint>): StrictReply {
    const [, token] = /^Bearer (\S+)$/.exec(call.headers.authorization ?? '') ?? [];
    const session = this.#sessions.find(({ access, ended }) => access === token && !ended);
    if (session === undefined) return unauthorized;
    if (call.endpoint === 'other') return { status: 200, body: { results: [] } };
    const { id, login } = session.member;
    return { status: 200, body: { id, email: login, name: 'Member', last_ip: '203.0.113.9' } };
  }

  #open(who: Member): string[] {
    const session: Session = {
      member: who,
      access: canary('PROVIDER_COOKIE'),
      refresh: canary('PROVIDER_COOKIE'),
      ended: false,
    };
    this.#sessions.push(session);
    return [
      ...this.#cookies(session),
      // None of these is documented, and none may get lost, or out.
      `affinity=${canary('PROVIDER_COOKIE')}; Path=/`,
      `only_for_auth=${canary('PROVIDER_COOKIE')}; Path=/api/v1/auth/`,
      `foreign=${canary('PROVIDER_COOKIE')}; Path=/; Domain=evil.example`,
      'cloakroom=planted; Path=/; HttpOnly; SameSite=Strict',
    ];
  }

  #cookies({ access, refresh }: Session): string[] {
    const flags = 'HttpOnly; Secure; SameSite=Lax; Path=/';
    const end = this.accessLife === null ? '' : `; Max-Age=${this.accessLife}`;
    return [
      `access_token=${access}; ${flags}${end}`,
      `refresh_token=${refresh}; ${flags}; Max-Age=${this.refreshLife}`,
    ];
  }
}

const unauthorized: StrictReply = { status: 401, body: { detail: 'No active account found' } };

/** The value of a cookie that a call brought; empty where it brought none. */
export function cookie({ headers }: Pick<StrictCall<string>, 'headers'>, name: string): string {
  return new RegExp(`(?:^|; )${name}=([^;]*)`).exec(headers.cookie ?? '')?.[1] ?? '';
}
