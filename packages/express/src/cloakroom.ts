import { PATHS } from '@cloakroom/contract/paths';
import type { SessionUser } from '@cloakroom/contract/session';
import { type RequestHandler, type Response, Router } from 'express';
import { atMost } from './at-most.ts';
import { createHouse } from './house.ts';
import { dataOnly } from './middleware/data-only.ts';
import { errorResponse } from './middleware/error-response.ts';
import { formBody } from './middleware/form-body.ts';
import { jsonBody, jsonToPassOn } from './middleware/json-body.ts';
import { loginErrorResponse } from './middleware/login-error-response.ts';
import { loginRateLimit } from './middleware/login-rate-limit.ts';
import { navigationOnly } from './middleware/navigation-only.ts';
import { noStore } from './middleware/no-store.ts';
import { requireSession, signedIn } from './middleware/require-session.ts';
import { sameOrigin } from './middleware/same-origin.ts';
import { secretRotation } from './middleware/secret-rotation.ts';
import { securityHeaders } from './middleware/security-headers.ts';
import { type CloakroomOptions, normalizeOptions } from './options.ts';
import { backchannelLogout } from './routes/backchannel-logout.ts';
import { callback } from './routes/callback.ts';
import { healthy, ready } from './routes/health.ts';
import { logout, logoutAll } from './routes/logout.ts';
import { logoutContinue } from './routes/logout-continue.ts';
import { notFound, only } from './routes/not-found.ts';
import { passwordSignIn, passwordSignUp, verifyEmail } from './routes/password.ts';
import { providers } from './routes/providers.ts';
import { resources } from './routes/resources.ts';
import { session } from './routes/session.ts';
import { endSession, listSessions } from './routes/sessions.ts';
import { start } from './routes/start.ts';
import { topup } from './routes/topup.ts';
import { userInfo } from './routes/user-info.ts';

/** A counter that is open. */
export interface Cloakroom {
  /** Mount it at the root of an Express app, before the app's own session middleware. */
  readonly router: Router;
  /**
   * Put in front of your own routes. Lets only requests of somebody who is signed in through, under
   * the same rules as `/api`: not from another site or origin. Answers every other one itself.
   */
  readonly requireSession: RequestHandler;
  /** Who is signed in, on a route behind `requireSession`. */
  whoIs(res: Response): SignedIn;
  /**
   * Let go of connections and timers, the store's included, once the refreshes that are under way
   * have come to an end. To be called when no request is left.
   * @param patience milliseconds that they get at most. Default 9000
   */
  close(patience?: number): Promise<void>;
}

/** Somebody who is signed in. */
export interface SignedIn {
  /** Id of the provider that vouched. */
  provider: string;
  user: SessionUser;
}

/**
 * Open the counter where a browser leaves its tokens and gets a ticket, as an Express router.
 * @throws OptionsError that lists every problem of the options
 */
export function createCloakroom(options: CloakroomOptions): Cloakroom {
  const settings = normalizeOptions(options);
  const house = createHouse(settings);
  const { publicUrl, secure, rateLimitLogin } = settings;
  const { load, ignore, clear } = house.sessionCookie;
  const navigation = [loginRateLimit(rateLimitLogin, house.log), navigationOnly];
  const loaded = [load, secretRotation(house)];
  const guarded = [...loaded, signedIn(house.sessions)];

  const router = Router({ caseSensitive: true, strict: true });
  const route = (path: string) => router.route(path);
  const get = only('GET');
  const read = only('GET', 'HEAD');
  const post = only('POST');

  router.use(OURS, securityHeaders({ secure }), noStore);

  route(PATHS.start).head(get).get(navigation, start(house)).all(get);
  route(`${PATHS.callback}{/:id}`).head(get).get(navigation, ignore, callback(house)).all(get);
  route(`${PATHS.logoutContinue}/:ticket`)
    .head(get)
    .get(navigationOnly, logoutContinue(house))
    .all(get);
  router.use([PATHS.start, PATHS.callback], loginErrorResponse(house.log));
  route(`${PATHS.backchannelLogout}/:id`).post(formBody, backchannelLogout(house)).all(post);

  router.use('/auth', sameOrigin(publicUrl, /^\/session/), jsonBody);
  router.use('/api', sameOrigin(publicUrl, /^/));
  router.use([PATHS.session, PATHS.sessions, '/api'], dataOnly);
  router.use(PATHS.resources, jsonToPassOn);
  router.use('/api', jsonBody);

  route(PATHS.session).get(loaded, session(house)).all(read);
  route(PATHS.sessions).get(guarded, listSessions(house)).all(read);
  route(`${PATHS.sessions}/:handle`).delete(guarded, endSession(house)).all(only('DELETE'));
  route(PATHS.providers).get(providers(house)).all(read);
  route(PATHS.logout).post(load, logout(house)).all(post);
  route(PATHS.logoutAll).post(load, logoutAll(house)).all(post);
  route(PATHS.passwordSignIn).post(ignore, passwordSignIn(house)).all(post);
  route(PATHS.passwordSignUp).post(ignore, passwordSignUp(house)).all(post);
  route(PATHS.verifyEmail).post(guarded, verifyEmail(house)).all(post);
  route(PATHS.userInfo).get(guarded, userInfo(house)).all(read);
  route(PATHS.topup).get(guarded, topup(house)).all(read);
  route(`${PATHS.resources}/*path`).options(notFound).all(guarded, resources(house));
  route(PATHS.health).get(healthy).all(read);
  route(PATHS.ready).get(ready(house)).all(read);

  router.use(['/auth', '/api', PATHS.callback, PATHS.backchannelLogout], notFound);
  const answerErrors = errorResponse({ log: house.log, clearCookie: clear });
  router.use(answerErrors);

  return {
    router,
    requireSession: Router().use(noStore, sameOrigin(publicUrl, /^/), ...guarded, answerErrors),
    whoIs(res) {
      const { provider, user } = requireSession(res).record;
      return { provider, user };
    },
    async close(patience = 9000) {
      await atMost(patience, house.refreshesSettled(), undefined);
      await Promise.all([house.client.close(), house.store.close()]);
    },
  };
}

/** The paths that are ours; every other one is the app's. */
const OURS = [
  ...['/auth', '/api', PATHS.callback, PATHS.backchannelLogout],
  ...[PATHS.health, PATHS.ready],
];
