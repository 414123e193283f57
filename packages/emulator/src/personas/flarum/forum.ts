import { type PersonaOptions, PersonaState } from '../../provider/persona-state.ts';
import { AuthorizedLog } from './authorized-log.ts';
import { ENDPOINTS, type FlarumEndpoint } from './endpoints.ts';
import { type ForumSettings, initialSettings } from './forum-settings.ts';
import { ForumTokens } from './forum-tokens.ts';
import { type ForumUser, toForumUser } from './forum-user.ts';
import { OAuthClients } from './oauth-clients.ts';
import { Scopes, userRead } from './scopes.ts';

const LIFETIMES = { code: 30, accessToken: 3600, refreshToken: 14 * 24 * 3600 };

/** All that the forum remembers, its plugin included. */
export class Forum extends PersonaState<FlarumEndpoint, ForumUser, ForumSettings> {
  readonly paths = {
    signIn: '/login',
    signOut: '/logout',
    home: '/',
    authorize: '/oauth/authorize',
  };
  readonly apps = new OAuthClients(this.ledger);
  readonly log = new AuthorizedLog();
  readonly scopes = new Scopes(userRead(this.basePath));
  readonly tokens = new ForumTokens({
    now: this.now,
    ledger: this.ledger,
    lifetimes: () => this.settings.lifetimes,
  });

  constructor(options: PersonaOptions) {
    const lifetimes = { ...LIFETIMES, ...options.lifetimes };
    super(options, {
      endpoints: ENDPOINTS,
      users: options.users.map(toForumUser),
      initialSettings: () => initialSettings(lifetimes),
    });
  }

  /** Sign a member in on the forum's pages. */
  override signIn(username: string, password: string): ForumUser | undefined {
    const user = super.signIn(username, password);
    if (user === undefined || user.deleted) return undefined;
    user.lastSeenAt = this.now();
    return user;
  }

  /** Say whether somebody has the permission `use-oauth`. */
  mayUseOauth(user: ForumUser): boolean {
    return user.developer || this.settings.useOauth === 'members';
  }

  override reset(): void {
    super.reset();
    for (const part of [this.scopes, this.tokens, this.log]) part.reset();
  }
}
