import { type PersonaOptions, PersonaState } from '../../provider/persona-state.ts';
import { AfdianApps } from './afdian-apps.ts';
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
export class AfdianProvider extends PersonaState<AfdianEndpoint, AfdianUser, AfdianSettings> {
  readonly usualLanguage = 'zh-Hans';
  readonly paths = {
    signIn: '/login',
    signOut: '/logout',
    home: '/account',
    authorize: '/oauth2/authorize',
  };
  readonly apps = new AfdianApps(this.ledger);
  readonly codes = new AfdianCodes({
    now: this.now,
    ledger: this.ledger,
    lifetime: () => this.settings.codeLifetime,
  });

  constructor(options: PersonaOptions) {
    const codeLifetime = options.lifetimes?.code ?? CODE_LIFETIME;
    super(options, {
      endpoints: ENDPOINTS,
      users: options.users.map(toAfdianUser),
      initialSettings: () => ({ codeLifetime, nameAndAvatar: false, lenientAuthorize: false }),
    });
  }

  override reset(): void {
    super.reset();
    this.codes.reset();
  }
}
