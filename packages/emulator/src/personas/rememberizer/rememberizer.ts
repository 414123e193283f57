import { type RequestHandler, Router, urlencoded } from 'express';
import { assets } from '../../pages/assets.ts';
import { requireOwnForm } from '../../pages/own-form.ts';
import { goOnIfSignedIn, signOut } from '../../pages/sign-in-flow.ts';
import type { PersonaOptions } from '../../provider/persona-state.ts';
import type { Persona } from '../persona.ts';
import { accountApiRoutes } from './account-api/account-api-routes.ts';
import { refuseUnexpected, refuseUnknown } from './api/refuse.ts';
import { requireTrailingSlash } from './api/trailing-slash.ts';
import { oauthRoutes } from './oauth/oauth-routes.ts';
import { rememberizerOperations } from './operations.ts';
import { changeConnection, connectedApps } from './pages/connected-apps.ts';
import { createApp, developerPage } from './pages/developer-page.ts';
import { knowledgePage } from './pages/knowledge-page.ts';
import { mailboxPage } from './pages/mailbox-page.ts';
import { pageNotFound, refuseForm } from './pages/refusals.ts';
import { openRememberizerPage } from './pages/rememberizer-page.ts';
import { signInForm, signInOnPage } from './pages/sign-in.ts';
import { RememberizerProvider } from './rememberizer-provider.ts';
import { resourceRoutes } from './resources/resource-routes.ts';
import { slashlessRoutes } from './resources/slashless-routes.ts';

export type RememberizerOperations = ReturnType<typeof rememberizerOperations>;

/** Play Rememberizer: its OAuth API, its account API and its resources, with the pages around. */
export function createRememberizer(options: PersonaOptions): Persona<RememberizerOperations> {
  const provider = new RememberizerProvider(options);
  const { record, recordBody } = provider.traffic;
  const form: RequestHandler[] = [urlencoded({ extended: false }), recordBody];
  const ownForm = [...form, requireOwnForm(provider.sessions, refuseForm(provider))];
  const goOn = goOnIfSignedIn((req, res) => openRememberizerPage(provider, req, res));
  const home: RequestHandler = (_req, res) => res.redirect(`${options.basePath}/knowledge`);
  const router = Router();

  router.use('/assets', assets(new URL('./assets', import.meta.url)));
  router.use(record);
  router.use(slashlessRoutes(provider));
  router.use('/api', requireTrailingSlash);
  router.use(oauthRoutes(provider, { form, ownForm }));
  router.use(accountApiRoutes(provider));
  router.use(resourceRoutes(provider));
  router.use('/api', refuseUnknown);

  router.get('/', home);
  router.get('/sign-in', signInForm(provider));
  router.post('/sign-in', goOn, ownForm, signInOnPage(provider));
  router.get('/sign-out', home);
  router.post('/sign-out', ownForm, signOut(provider));
  router.get('/knowledge', knowledgePage(provider));
  router.get('/connected-apps', connectedApps(provider));
  router.post('/connected-apps', ownForm, changeConnection(provider));
  router.get('/developer', developerPage(provider));
  router.post('/developer', ownForm, createApp(provider));
  router.get('/mailbox', mailboxPage(provider));

  router.use(pageNotFound(provider), refuseUnknown);
  router.use(refuseUnexpected);
  return { router, operations: rememberizerOperations(provider) };
}
