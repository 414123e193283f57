import { fileURLToPath } from 'node:url';
import express, { json, Router, urlencoded } from 'express';
import { requireOwnForm } from '../../pages/own-form.ts';
import { endpoint } from '../../provider/endpoint.ts';
import type { Persona, PersonaOptions } from '../persona.ts';
import { account } from './account.ts';
import { AihubmixProvider } from './aihubmix-provider.ts';
import { authorisedApps, revokeApp } from './authorised-apps.ts';
import { authorize } from './authorize.ts';
import { decide } from './consent.ts';
import { createApp, developerConsole } from './developer-console.ts';
import { aihubmixOperations } from './operations.ts';
import { answerUnexpected, notFound, refuseForm } from './refusals.ts';
import { refuseBadBody, registerApp, requireDeveloper } from './register-app.ts';
import { goOnIfSignedIn, signIn, signInForm } from './sign-in.ts';
import { signOut } from './sign-out.ts';
import { token, tokenEndpoint, watchRefreshes } from './token.ts';
import { topup } from './topup.ts';
import { payTopup, topupPage } from './topup-page.ts';
import { userinfo } from './userinfo.ts';

const SHARED_ASSETS = fileURLToPath(new URL('../../pages/assets', import.meta.url));
const ASSETS = fileURLToPath(new URL('./assets', import.meta.url));

export type AihubmixOperations = ReturnType<typeof aihubmixOperations>;

/** Play AIHubMix as its OAuth document describes it, with the pages around. */
export function createAihubmix(options: PersonaOptions): Persona<AihubmixOperations> {
  const provider = new AihubmixProvider(options);
  const { record, recordBody } = provider.traffic;
  const form = [urlencoded({ extended: false }), recordBody];
  const ownForm = [...form, requireOwnForm(provider.sessions, refuseForm(provider))];
  const router = Router();

  router.use('/assets', express.static(ASSETS), express.static(SHARED_ASSETS));
  router.use(record);
  router.post(
    '/api/oauth_apps',
    [requireDeveloper(provider), json(), recordBody, registerApp(provider)],
    refuseBadBody,
  );
  router.get('/api/oauth2/authorize', endpoint(provider, 'authorize'), authorize(provider));
  router.post('/api/oauth2/authorize', ownForm, decide(provider));
  router.post(
    '/api/oauth2/token',
    [...form, watchRefreshes(provider), endpoint(provider, tokenEndpoint)],
    token(provider),
  );
  router.get('/api/oauth2/userinfo', endpoint(provider, 'userinfo'), userinfo(provider));
  router.get('/api/oauth2/topup', endpoint(provider, 'topup'), topup(provider));

  router.get('/', (_req, res) => res.redirect(`${options.basePath}/account`));
  router.get('/sign-in', signInForm(provider));
  router.post('/sign-in', goOnIfSignedIn(provider), ownForm, signIn(provider));
  router.get('/sign-out', (_req, res) => res.redirect(`${options.basePath}/account`));
  router.post('/sign-out', ownForm, signOut(provider));
  router.get('/account', account(provider));
  router.get('/account/apps', authorisedApps(provider));
  router.post('/account/apps', ownForm, revokeApp(provider));
  router.get('/console/topup', topupPage(provider));
  router.post('/console/topup', ownForm, payTopup(provider));
  router.get('/console/apps', developerConsole(provider));
  router.post('/console/apps', ownForm, createApp(provider));

  router.use(notFound(provider));
  router.use(answerUnexpected);
  return { router, operations: aihubmixOperations(provider) };
}
