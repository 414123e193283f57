import type { PersonaOptions } from '../../provider/persona-state.ts';
import { Provider } from '../../provider/provider.ts';
import { mintAccessToken } from './access-token.ts';
import { ENDPOINTS, type Endpoint } from './endpoints.ts';
import { Topups } from './topups.ts';

const LIFETIMES = { code: 600, accessToken: 7200, refreshToken: 30 * 24 * 3600 };
const PREFIXES = { clientId: 'client_', clientSecret: 'secret_', refreshToken: 'refresh_' };

/** All that AIHubMix remembers. */
export class AihubmixProvider extends Provider<Endpoint> {
  readonly paths = {
    signIn: '/sign-in',
    signOut: '/sign-out',
    home: '/account',
    authorize: '/api/oauth2/authorize',
  };
  readonly developerToken: string;
  readonly topups = new Topups();

  constructor(options: PersonaOptions) {
    super(options, {
      endpoints: ENDPOINTS,
      users: options.users,
      lifetimes: LIFETIMES,
      mintAccessToken,
      prefixes: PREFIXES,
    });
    this.developerToken = options.developerToken;
  }

  override reset(): void {
    super.reset();
    this.topups.reset();
  }
}
