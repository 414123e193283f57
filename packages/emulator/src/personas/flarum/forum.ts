import { BrowserSessions } from '../../pages/browser-session.ts';
import { Faults } from '../../provider/faults.ts';
import { SecretLedger } from '../../provider/secret-ledger.ts';
import type { Lifetimes } from '../../provider/settings.ts';
import { Traffic } from '../../provider/traffic.ts';
import { Users } from '../../provider/users.ts';
import type { PersonaOptions } from '../persona.ts';
import { AuthorizedLog } from './authorized-log.ts';
import { ENDPOINTS, type FlarumEndpoint } from './endpoints.ts';
import { type ForumSettings, initialSettings } from './forum-settings.ts';
import { ForumTokens } from './forum-tokens.ts';
import { type ForumUser, toForumUser } from './forum-user.ts';
import { type ClientRequest, type OAuthClient, OAuthClients } from './oauth-clients.ts';
import { Scopes, userRead } from './scopes.ts';

const LIFETIMES = { code: 30, accessToken: 3600, refreshToken: 14 * 24 * 3600 };

/** All that the forum remembers, its plugin included. */
export class Forum {
  readonly basePath: string;
  readonly origin: () => string;
  readonly now: () => number;
  readonly clients = new OAuthClients();
  readonly log = new AuthorizedLog();
  readonly faults = new Faults<FlarumEndpoint>();
  readonly traffic = new Traffic(ENDPOINTS);
  readonly ledger = new SecretLedger();
  readonly sessions: BrowserSessions;
  readonly users: Users<ForumUser>;
  readonly scopes: Scopes;
  readonly tokens: ForumTokens;
  settings: ForumSettings;
  readonly #lifetimes: Lifetimes;

  constructor(options: PersonaOptions) {
    this.basePath = options.basePath;
    this.origin = options.origin;
    this.now = options.now;
    this.#lifetimes = { ...LIFETIMES, ...options.lifetimes };
    this.settings = initialSettings(this.#lifetimes);
    this.sessions = new BrowserSessions(options.basePath);
    this.users = new Users(options.users.map(toForumUser));
    this.scopes = new Scopes(userRead(options.basePath));
    this.tokens = new ForumTokens({
      now: options.now,
      ledger: this.ledger,
      lifetimes: () => this.settings.lifetimes,
    });
  }

  /** @param clientSecret drawn at random where it is absent */
  addClient(request: ClientRequest, clientSecret?: string): OAuthClient {
    const client = this.clients.add(request, clientSecret);
    this.#noteSecret(client);
    return client;
  }

  /** Say whether somebody has the permission `use-oauth`. */
  mayUseOauth(user: ForumUser): boolean {
    return user.developer || this.settings.useOauth === 'members';
  }

  /** Forget all but the clients: a BFF that runs holds their credentials. */
  reset(): void {
    this.settings = initialSettings(this.#lifetimes);
    const parts = [this.users, this.scopes, this.tokens, this.log, this.traffic, this.sessions];
    for (const part of parts) part.reset();
    this.faults.clear();
    this.ledger.clear();
    for (const client of this.clients.all()) this.#noteSecret(client);
  }

  /** A public client has none. */
  #noteSecret({ clientSecret }: OAuthClient): void {
    if (clientSecret !== '') this.ledger.note('client_secret', clientSecret);
  }
}
