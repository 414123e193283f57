import { Provider } from '../../provider/provider.ts';
import type { PersonaOptions } from '../persona.ts';
import { mintAccessToken } from './access-token.ts';
import { ENDPOINTS, type Endpoint } from './endpoints.ts';
import { Topups } from './topups.ts';

const LIFETIMES = { code: 600, accessToken: 7200, refreshToken: 30 * 24 * 3600 };
const PREFIXES = { clientId: 'client_', clientSecret: 'secret_', refreshToken: 'refresh_' };

/** All that AIHubMix remembers. */
export class AihubmixProvider extends Provider<Endpoint> {
  readonly topups = new Topups();

  constructor(options: PersonaOptions) {
    const lifetimes = { ...LIFETIMES, ...options.lifetimes };
    super({ ...options, endpoints: ENDPOINTS, lifetimes, mintAccessToken, prefixes: PREFIXES });
  }

  override reset(): void {
    super.reset();
    this.topups.reset();
  }
}
