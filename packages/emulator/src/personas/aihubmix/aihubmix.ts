import { json, Router, urlencoded } from 'express';
import { assets } from '../../pages/assets.ts';
import { requireOwnForm } from '../../pages/own-form.ts';
import { signInFlow, signOut } from '../../pages/sign-in-flow.ts';
import { endpoint } from '../../provider/endpoint.ts';
import type { PersonaOptions } from '../../provider/persona-state.ts';
import { tokenEndpoint, watchRefreshes } from '../../provider/refreshes.ts';
import type { Persona } from '../persona.ts';
import { account } from './account.ts';
import { openAihubmixPage } from './aihubmix-page.ts';
import { AihubmixProvider } from './aihubmix-provider.ts';
import { authorisedApps, revokeApp } from './authorised-apps.ts';
import { authorize, decide } from './authorize.ts';
import { createApp, developerConsole } from './developer-console.ts';
import { aihubmixOperations } from './operations.ts';
import { answerUnexpected, notFound, refuseForm } from './refusals.ts';
import { refuseBadBody, registerApp, requireDeveloper } from './register-app.ts';
import { sendSignIn } from './sign-in.ts';
import { token } from './token.ts';
import { topup } from './topup.ts';
import { payTopup, topupPage } from './topup-page.ts';
import { userinfo } from './userinfo.ts';

export type AihubmixOperations = ReturnType<typeof aihubmixOperations>;

/** Play AIHubMix as its OAuth document describes it, with the pages around. */
export function createAihubmix(options: PersonaOptions): Persona<AihubmixOperations> {
  const provider = new AihubmixProvider(options);
  const { record, recordBody } = provider.traffic;
  const form = [urlencoded({ extended: false }), recordBody];
  const ownForm = [...form, requireOwnForm(provider.sessions, refuseForm(provider))];
  const signIn = signInFlow({
    open: (req, res) => openAihubmixPage(provider, req, res),
    send: sendSignIn,
  });
  const router = Router({ strict: true, caseSensitive: true });

  router.use('/assets', assets(new URL('./assets', import.meta.url)));
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
  router.get('/sign-in', signIn.show);
  router.post('/sign-in', signIn.goOn, ownForm, signIn.take);
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
