import { PATHS } from '@cloakroom/contract/paths';
import { type RequestHandler, Router } from 'express';
import { createAttempts } from './login/attempt.ts';
import { errorResponse } from './middleware/error-response.ts';
import { jsonBody } from './middleware/json-body.ts';
import { loginErrorResponse } from './middleware/login-error-response.ts';
import { loginRateLimit } from './middleware/login-rate-limit.ts';
import { navigationOnly } from './middleware/navigation-only.ts';
import { noStore } from './middleware/no-store.ts';
import { signedIn } from './middleware/require-session.ts';
import { sameOrigin } from './middleware/same-origin.ts';
import { securityHeaders } from './middleware/security-headers.ts';
import { createSessionCookie } from './middleware/session-cookie.ts';
import { createProvider } from './oauth/provider.ts';
import { createProviderClient } from './oauth/provider-request.ts';
import { createProviders } from './oauth/providers.ts';
import { type CloakroomOptions, normalizeOptions } from './options.ts';
import { createProviderApi } from './proxy/provider-api.ts';
import { callback } from './routes/callback.ts';
import { healthy, ready } from './routes/health.ts';
import { logout } from './routes/logout.ts';
import { notFound, only } from './routes/not-found.ts';
import { providers as providerList } from './routes/providers.ts';
import { session } from './routes/session.ts';
import { start } from './routes/start.ts';
import { topup } from './routes/topup.ts';
import { userInfo } from './routes/user-info.ts';
import { createSealer } from './session/seal.ts';
import { SealedStore } from './session/sealed-store.ts';
import { createSessions } from './session/session.ts';
import { createFreshTokens } from './tokens/fresh-tokens.ts';
import { createTokenStore } from './tokens/token-store.ts';

/** A mounted cloakroom. */
export interface Cloakroom {
  /** Mount it at the root of an Express app, before the app's own session middleware. */
  readonly router: Router;
  /** Put in front of your own routes: lets only requests of somebody signed in through. */
  readonly requireSession: RequestHandler[];
  /** Let go of connections and timers, the store's included. */
  close(): Promise<void>;
}

/**
 * Make the counter where a browser leaves its tokens and gets a ticket, as an Express router.
 * @throws OptionsError that lists every problem of the options
 */
export function createCloakroom(options: CloakroomOptions): Cloakroom {
  const settings = normalizeOptions(options);
  const { store, log, now, prefix, secure, publicUrl } = settings;
  const idleTtl = settings.sessionIdleTtl * 1000;
  const absoluteTtl = settings.sessionAbsoluteTtl * 1000;
  const providerTimeout = settings.providerTimeoutMs;

  const client = createProviderClient(providerTimeout);
  const providers = createProviders(settings.providers.map((one) => createProvider(one, client)));
  const sealer = createSealer(settings.sessionSecrets);
  const tokenStore = createTokenStore(store, sealer);
  const sealedStore = new SealedStore({ store, sealer, tokens: tokenStore, prefix, now });
  const cookie = { store: sealedStore, secrets: settings.sessionSecrets, secure };
  const sessionCookie = createSessionCookie({ ...cookie, maxAge: absoluteTtl });
  const attempts = createAttempts({ store, sealer, secure, prefix, now });
  const lives = { idleTtl, absoluteTtl, now, log };
  const sessions = createSessions({ store, sealedStore, tokens: tokenStore, prefix, ...lives });
  const refresh = { store, tokenStore, sessions, providerTimeout, now, log };
  const freshTokens = createFreshTokens(refresh);
  const callProvider = createProviderApi({ client, freshTokens, sessions, log });

  const limited = loginRateLimit(settings.rateLimitLogin);
  const navigation = [limited, navigationOnly];
  const load = sessionCookie.load;
  const guarded = [load, signedIn(sessions)];

  const router = Router({ caseSensitive: true, strict: true });
  const route = (path: string) => router.route(path);

  router.use(OURS, securityHeaders({ secure }), noStore);

  route(PATHS.start)
    .head(only('GET'))
    .get(navigation, start({ providers, attempts, sessionCookie }))
    .all(only('GET'));
  route(`${PATHS.callback}{/:id}`)
    .head(only('GET'))
    .get(
      navigation,
      sessionCookie.ignore,
      callback({ providers, attempts, sessions, client, now, log }),
    )
    .all(only('GET'));
  router.use([PATHS.start, PATHS.callback], loginErrorResponse(log));

  router.use('/auth', sameOrigin(publicUrl, /^\/session/), jsonBody);
  router.use('/api', sameOrigin(publicUrl, /^/), jsonBody);

  route(PATHS.session).get(load, session(sessions)).all(only('GET', 'HEAD'));
  route(PATHS.providers).get(providerList(providers)).all(only('GET', 'HEAD'));
  route(PATHS.logout).post(load, logout({ sessions, sessionCookie, log })).all(only('POST'));
  route(PATHS.userInfo)
    .get(guarded, userInfo({ providers, callProvider }))
    .all(only('GET', 'HEAD'));
  route(PATHS.topup).get(guarded, topup({ providers, callProvider })).all(only('GET', 'HEAD'));
  route(PATHS.health).get(healthy).all(only('GET', 'HEAD'));
  route(PATHS.ready).get(ready(store)).all(only('GET', 'HEAD'));

  router.use(['/auth', '/api'], notFound);
  router.use(errorResponse({ log, clearCookie: sessionCookie.clear }));

  return {
    router,
    requireSession: guarded,
    async close() {
      await Promise.all([client.close(), store.close()]);
    },
  };
}

/** The paths that are ours; every other one is the app's. */
const OURS = ['/auth', '/api', PATHS.callback, PATHS.health, PATHS.ready];
