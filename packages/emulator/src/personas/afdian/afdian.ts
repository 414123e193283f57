import { fileURLToPath } from 'node:url';
import express, { Router, urlencoded } from 'express';
import { requireOwnForm } from '../../pages/own-form.ts';
import { endpoint } from '../../provider/endpoint.ts';
import type { Persona, PersonaOptions } from '../persona.ts';
import { accessToken, refuseUnreadable } from './access-token.ts';
import { account } from './account.ts';
import { AfdianProvider } from './afdian-provider.ts';
import { authorize, decide } from './authorize.ts';
import { avatar } from './avatar.ts';
import { getProfile } from './get-profile.ts';
import { afdianOperations } from './operations.ts';
import { answerUnexpected, notFound, refuseForm } from './refusals.ts';
import { goOnIfSignedIn, signIn, signInForm } from './sign-in.ts';
import { signOut } from './sign-out.ts';
import { createApp, resetSecret, staff } from './staff.ts';

const SHARED_ASSETS = fileURLToPath(new URL('../../pages/assets', import.meta.url));
const ASSETS = fileURLToPath(new URL('./assets', import.meta.url));

export type AfdianOperations = ReturnType<typeof afdianOperations>;

/** Play Afdian as its OAuth document describes it, with the pages around. */
export function createAfdian(options: PersonaOptions): Persona<AfdianOperations> {
  const provider = new AfdianProvider(options);
  const { record, recordBody } = provider.traffic;
  const form = [urlencoded({ extended: false }), recordBody];
  const ownForm = [...form, requireOwnForm(provider.sessions, refuseForm(provider))];
  const router = Router({ strict: true });

  router.use('/assets', express.static(ASSETS), express.static(SHARED_ASSETS));
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
  router.get('/login', signInForm(provider));
  router.post('/login', goOnIfSignedIn(provider), ownForm, signIn(provider));
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
