import { Router, urlencoded } from 'express';
import { assets } from '../../pages/assets.ts';
import { requireOwnForm } from '../../pages/own-form.ts';
import { signInFlow, signOut } from '../../pages/sign-in-flow.ts';
import { endpoint } from '../../provider/endpoint.ts';
import type { PersonaOptions } from '../../provider/persona-state.ts';
import type { Persona } from '../persona.ts';
import { accessToken, refuseUnreadable } from './access-token.ts';
import { account } from './account.ts';
import { openAfdianPage } from './afdian-page.ts';
import { AfdianProvider } from './afdian-provider.ts';
import { authorize, decide } from './authorize.ts';
import { avatar } from './avatar.ts';
import { getProfile } from './get-profile.ts';
import { afdianOperations } from './operations.ts';
import { answerUnexpected, notFound, refuseForm } from './refusals.ts';
import { sendSignIn } from './sign-in.ts';
import { createApp, resetSecret, staff } from './staff.ts';

export type AfdianOperations = ReturnType<typeof afdianOperations>;

/** Play Afdian as its OAuth document describes it, with the pages around. */
export function createAfdian(options: PersonaOptions): Persona<AfdianOperations> {
  const provider = new AfdianProvider(options);
  const { record, recordBody } = provider.traffic;
  const form = [urlencoded({ extended: false }), recordBody];
  const ownForm = [...form, requireOwnForm(provider.sessions, refuseForm(provider))];
  const signIn = signInFlow({
    open: (req, res) => openAfdianPage(provider, req, res),
    send: sendSignIn,
  });
  const router = Router({ strict: true });

  router.use('/assets', assets(new URL('./assets', import.meta.url)));
  router.use(record);
  router.get('/oauth2/authorize', endpoint(provider, 'authorize'), authorize(provider));
  router.post('/oauth2/authorize', ownForm, decide(provider));
  router.post(
    '/api/oauth2/access_token',
    [endpoint(provider, 'token'), ...form, accessToken(provider)],
    refuseUnreadable,
  );
  router.get('/api/user/get-profile', endpoint(provider, 'profile'), getProfile(provider));
  router.get('/avatars/:userId.svg', avatar(provider));

  router.get('/', (_req, res) => res.redirect(`${options.basePath}/account`));
  router.get('/login', signIn.show);
  router.post('/login', signIn.goOn, ownForm, signIn.take);
  router.get('/logout', (_req, res) => res.redirect(`${options.basePath}/account`));
  router.post('/logout', ownForm, signOut(provider));
  router.get('/account', account(provider));
  router.get('/staff/apps', staff(provider));
  router.post('/staff/apps', ownForm, createApp(provider));
  router.post('/staff/apps/reset', ownForm, resetSecret(provider));

  router.use(notFound(provider));
  router.use(answerUnexpected);
  return { router, operations: afdianOperations(provider) };
}
