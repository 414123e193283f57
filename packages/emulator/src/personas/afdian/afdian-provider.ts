import { BrowserSessions } from '../../pages/browser-session.ts';
import { Faults } from '../../provider/faults.ts';
import { SecretLedger } from '../../provider/secret-ledger.ts';
import { Traffic } from '../../provider/traffic.ts';
import { Users } from '../../provider/users.ts';
import type { PersonaOptions } from '../persona.ts';
import { type AfdianApp, type AfdianAppRequest, AfdianApps } from './afdian-apps.ts';
import { AfdianCodes } from './afdian-codes.ts';
import { type AfdianUser, toAfdianUser } from './afdian-user.ts';
import { type AfdianEndpoint, ENDPOINTS } from './endpoints.ts';

/** What a test may turn while it runs. */
export interface AfdianSettings {
  /** Seconds. */
  codeLifetime: number;
  /** On: the token answer has `name` and `avatar` too, which the document does not list. */
  nameAndAvatar: boolean;
  /** On: authorize does without `response_type` and `scope`, as some published clients expect. */
  lenientAuthorize: boolean;
}

const CODE_LIFETIME = 600;

/** All that this persona remembers. It has no tokens: the answer to the code is who somebody is. */
export class AfdianProvider {
  readonly usualLanguage = 'zh-Hans';
  readonly basePath: string;
  readonly origin: () => string;
  readonly now: () => number;
  readonly apps = new AfdianApps();
  readonly faults = new Faults<AfdianEndpoint>();
  readonly traffic = new Traffic(ENDPOINTS);
  readonly ledger = new SecretLedger();
  readonly sessions: BrowserSessions;
  readonly users: Users<AfdianUser>;
  readonly codes: AfdianCodes;
  settings: AfdianSettings;
  readonly #codeLifetime: number;

  constructor(options: PersonaOptions) {
    this.basePath = options.basePath;
    this.origin = options.origin;
    this.now = options.now;
    this.#codeLifetime = options.lifetimes?.code ?? CODE_LIFETIME;
    this.settings = initialSettings(this.#codeLifetime);
    this.sessions = new BrowserSessions(options.basePath);
    this.users = new Users(options.users.map(toAfdianUser));
    this.codes = new AfdianCodes({
      now: options.now,
      ledger: this.ledger,
      lifetime: () => this.settings.codeLifetime,
    });
  }

  registerApp(request: AfdianAppRequest): AfdianApp {
    const app = this.apps.register(request, this.now());
    this.ledger.note('client_secret', app.clientSecret);
    return app;
  }

  /** What staff do when a secret has leaked. */
  renewSecret(app: AfdianApp): void {
    this.ledger.note('client_secret', this.apps.renewSecret(app));
  }

  /** Forget all but the registered apps: a BFF that runs holds their credentials. */
  reset(): void {
    this.settings = initialSettings(this.#codeLifetime);
    for (const part of [this.users, this.codes, this.traffic, this.sessions]) part.reset();
    this.faults.clear();
    this.ledger.clear();
    for (const app of this.apps.all()) this.ledger.note('client_secret', app.clientSecret);
  }
}

function initialSettings(codeLifetime: number): AfdianSettings {
  return { codeLifetime, nameAndAvatar: false, lenientAuthorize: false };
}
