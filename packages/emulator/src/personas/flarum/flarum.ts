import { Router, urlencoded } from 'express';
import { assets } from '../../pages/assets.ts';
import { requireOwnForm } from '../../pages/own-form.ts';
import { signInFlow } from '../../pages/sign-in-flow.ts';
import { endpoint } from '../../provider/endpoint.ts';
import type { PersonaOptions } from '../../provider/persona-state.ts';
import type { Persona } from '../persona.ts';
import { addClient, clientPage, clientsPage, deleteClient, saveClient } from './admin/clients.ts';
import { addScope, deleteScope, saveScope, scopePage, scopesPage } from './admin/scopes.ts';
import { saveSettings, settingsPage } from './admin/settings.ts';
import { purgeTokens, tokensPage } from './admin/tokens.ts';
import { unknownApi } from './api/for-access.ts';
import { apiUser } from './api/user.ts';
import { Forum } from './forum.ts';
import { authorize, readConsentForm } from './oauth/authorize.ts';
import { authorizeFetch, readConsentCall } from './oauth/authorize-fetch.ts';
import { authorizePage } from './oauth/authorize-page.ts';
import { readTokenRequest, token, tokenEndpoint, watchRefreshes } from './oauth/token.ts';
import { flarumOperations } from './operations.ts';
import { authorizedLogs, forgetAuthorized } from './pages/authorized-logs.ts';
import { discussion } from './pages/discussion.ts';
import { openForumPage } from './pages/forum-page.ts';
import { home } from './pages/home.ts';
import { sendLogIn } from './pages/log-in-box.ts';
import { logOut } from './pages/log-out.ts';
import { member } from './pages/member.ts';
import { answerUnexpected, notFound, onlyFor, refuseForm } from './pages/refusals.ts';

export type FlarumOperations = ReturnType<typeof flarumOperations>;

/** Play a Flarum forum with the OAuth Center plugin, whose routes match to the letter. */
export function createFlarum(options: PersonaOptions): Persona<FlarumOperations> {
  const forum = new Forum(options);
  const { record, recordBody } = forum.traffic;
  const ownForm = [
    urlencoded({ extended: false }),
    recordBody,
    requireOwnForm(forum.sessions, refuseForm(forum)),
  ];
  const logIn = signInFlow({
    open: (req, res) => openForumPage(forum, req, res),
    send: (page, filled) => sendLogIn(page, filled),
  });
  const router = Router({ strict: true, caseSensitive: true });

  router.use('/assets', assets(new URL('./assets', import.meta.url)));
  router.use(record);
  router.get('/oauth/authorize', endpoint(forum, 'authorize'), authorizePage(forum));
  router.post('/oauth/authorize', readConsentForm, recordBody, authorize(forum));
  router.post('/oauth/authorize/fetch', readConsentCall, recordBody, authorizeFetch(forum));
  router.post(
    '/oauth/token',
    [...readTokenRequest, recordBody, watchRefreshes(forum), endpoint(forum, tokenEndpoint)],
    token(forum),
  );
  router.all(['/oauth/token', '/oauth/authorize/fetch'], onlyFor('POST', forum));
  router.get('/api/user', endpoint(forum, 'userinfo'), apiUser(forum));
  router.use('/api', unknownApi(forum));

  router.get('/', home(forum));
  router.get('/d/:number', discussion(forum));
  router.get('/login', logIn.show);
  router.post('/login', logIn.goOn, ownForm, logIn.take);
  router.post('/logout', ownForm, logOut(forum));
  router.get('/u/:username', member(forum));
  router.get('/u/:username/authorized', authorizedLogs(forum));
  router.post('/u/:username/authorized', ownForm, forgetAuthorized(forum));

  router.get('/admin', settingsPage(forum));
  router.post('/admin', ownForm, saveSettings(forum));
  router.get('/admin/clients', clientsPage(forum));
  router.post('/admin/clients', ownForm, addClient(forum));
  router.get('/admin/clients/:clientId', clientPage(forum));
  router.post('/admin/clients/:clientId', ownForm, saveClient(forum));
  router.post('/admin/clients/:clientId/delete', ownForm, deleteClient(forum));
  router.get('/admin/scopes', scopesPage(forum));
  router.post('/admin/scopes', ownForm, addScope(forum));
  router.get('/admin/scopes/:scope', scopePage(forum));
  router.post('/admin/scopes/:scope', ownForm, saveScope(forum));
  router.post('/admin/scopes/:scope/delete', ownForm, deleteScope(forum));
  router.get('/admin/tokens', tokensPage(forum));
  router.post('/admin/tokens', ownForm, purgeTokens(forum));

  router.use(notFound(forum));
  router.use(answerUnexpected(forum));
  return { router, operations: flarumOperations(forum) };
}
