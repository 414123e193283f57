import { type AppRequest, Apps } from './apps.ts';
import { type Grant, Grants } from './grants.ts';
import { type PersonaOptions, PersonaState } from './persona-state.ts';
import { initialSettings, type Lifetimes, type Settings } from './settings.ts';
import type { DemoUser } from './users.ts';

/** What random strings begin with. */
interface Prefixes {
  clientId: string;
  clientSecret: string;
  refreshToken: string;
}

/** What tells one provider from another. */
interface Own<Name extends string, User extends DemoUser> {
  /** The calls that are counted, and that a fault can be laid on. */
  endpoints: readonly Name[];
  users: readonly User[];
  lifetimes: Lifetimes;
  mintAccessToken: (grant: Grant, expires: number) => string;
  /** Default: every grant gets one. */
  givesRefreshToken?: (grant: Grant) => boolean;
  /** As the provider's documents show them. */
  prefixes: Prefixes;
}

/** All that a provider of OAuth remembers whose apps, codes and tokens are as RFC 6749 has them. */
export class Provider<
  Name extends string,
  User extends DemoUser = DemoUser,
  Request extends AppRequest = AppRequest,
> extends PersonaState<Name, User, Settings> {
  readonly apps: Apps<Request>;
  readonly grants: Grants;

  constructor(options: PersonaOptions, own: Own<Name, User>) {
    const lifetimes = { ...own.lifetimes, ...options.lifetimes };
    super(options, { ...own, initialSettings: () => initialSettings(lifetimes) });
    const { ledger, now } = this;
    this.apps = new Apps({ ledger, now, prefixes: own.prefixes });
    this.grants = new Grants({
      now,
      ledger,
      refreshTokenPrefix: own.prefixes.refreshToken,
      settings: () => this.settings,
      mintAccessToken: own.mintAccessToken,
      givesRefreshToken: own.givesRefreshToken ?? (() => true),
    });
  }

  override reset(): void {
    super.reset();
    this.grants.reset();
  }
}
