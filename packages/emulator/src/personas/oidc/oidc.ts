import { Router, urlencoded } from 'express';
import { assets } from '../../pages/assets.ts';
import { requireOwnForm } from '../../pages/own-form.ts';
import { endpoint } from '../../provider/endpoint.ts';
import type { PersonaOptions } from '../../provider/persona-state.ts';
import { tokenEndpoint, watchRefreshes } from '../../provider/refreshes.ts';
import type { Persona } from '../persona.ts';
import { attackersJwks } from './attackers-jwks.ts';
import { buildProvider } from './build-provider.ts';
import { PATHS } from './configuration.ts';
import { Issuer } from './issuer.ts';
import { library, peekForm } from './library-request.ts';
import { oidcOperations } from './operations.ts';
import { account, takeBack } from './pages/account.ts';
import { agree, cancel } from './pages/consent.ts';
import { atStop } from './pages/interaction.ts';
import { picture } from './pages/people.ts';
import { notFound, refuseForm } from './pages/problem-page.ts';
import { showSignIn, signIn } from './pages/sign-in.ts';
import { showStop } from './pages/stop.ts';
import { showClock } from './show-clock.ts';

export type OidcOperations = ReturnType<typeof oidcOperations>;

/** Play an OpenID Connect issuer as the standard has it; the protocol is the work of `oidc-provider`. */
export function createOidc(options: PersonaOptions): Persona<OidcOperations> {
  const issuer = new Issuer(options, buildProvider);
  const { record, recordBody } = issuer.traffic;
  const answer = library(issuer);
  const form = [...peekForm, recordBody];
  const ownForm = [
    urlencoded({ extended: false }),
    recordBody,
    requireOwnForm(issuer.sessions, refuseForm(issuer)),
  ];
  const router = Router();

  router.use('/assets', assets(new URL('./assets', import.meta.url)));
  router.get('/people/:file', picture(issuer));
  router.use(record, showClock(issuer));

  router.get('/.well-known/openid-configuration', endpoint(issuer, 'discovery'), answer);
  router.get(PATHS.jwks, endpoint(issuer, 'jwks'), answer);
  router.get(PATHS.authorization, endpoint(issuer, 'authorize'), answer);
  router.get(`${PATHS.authorization}/:uid`, answer);
  router.post(PATHS.pushed_authorization_request, form, endpoint(issuer, 'par'), answer);
  router.post(PATHS.token, form, watchRefreshes(issuer), endpoint(issuer, tokenEndpoint), answer);
  router.get(PATHS.userinfo, endpoint(issuer, 'userinfo'), answer);
  router.post(PATHS.userinfo, form, endpoint(issuer, 'userinfo'), answer);
  router.post(PATHS.revocation, form, endpoint(issuer, 'revocation'), answer);
  router.get(PATHS.end_session, endpoint(issuer, 'end-session'), answer);
  router.post(`${PATHS.end_session}/confirm`, form, answer);
  router.get(`${PATHS.end_session}/success`, answer);
  router.get('/attacker/jwks', endpoint(issuer, 'attackers-jwks'), attackersJwks(issuer));

  router.get('/interaction/:uid', atStop(issuer, showStop));
  router.get('/interaction/:uid/sign-in', atStop(issuer, showSignIn));
  router.post('/interaction/:uid/sign-in', ownForm, atStop(issuer, signIn));
  router.post('/interaction/:uid/consent', ownForm, atStop(issuer, agree));
  router.post('/interaction/:uid/cancel', ownForm, atStop(issuer, cancel));

  router.get('/', (_req, res) => res.redirect(`${options.basePath}/account`));
  router.get('/account', account(issuer));
  router.post('/account', ownForm, takeBack(issuer));

  router.use(notFound(issuer));
  return { router, operations: oidcOperations(issuer) };
}
