import type { Request, RequestHandler, Response } from 'express';
import { z } from 'zod';
import { ApiError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Attempts } from '../login/attempt.ts';
import { requireSession } from '../middleware/require-session.ts';
import type { SessionCookie } from '../middleware/session-cookie.ts';
import { identityOf } from '../oauth/identity.ts';
import { isPassword, type PasswordProvider } from '../oauth/provider.ts';
import type { ProviderClient } from '../oauth/provider-request.ts';
import type { Providers } from '../oauth/providers.ts';
import { accountFailure } from '../password/account-failure.ts';
import type { PasswordRateLimit } from '../password/password-rate-limit.ts';
import { failureOf } from '../proxy/api-failure.ts';
import type { ProviderApi } from '../proxy/provider-api.ts';
import { queryOf } from '../query.ts';
import type { OpenSession, Sessions } from '../session/session.ts';
import { hashOfSession } from '../session/session-keys.ts';
import { StoreUnavailableError } from '../store/store.ts';
import { giveBack } from '../tokens/give-back.ts';
import type { TokenSet } from '../tokens/token-set.ts';
import { sessionAnswer } from './session-answer.ts';

export interface PasswordOptions {
  providers: Providers;
  attempts: Attempts;
  sessions: Sessions;
  sessionCookie: SessionCookie;
  client: ProviderClient;
  callProvider: ProviderApi;
  passwordRateLimit: PasswordRateLimit;
  now: () => number;
  log: Log;
}

const text = z.string().min(1).max(1024);
const captcha = z.string().max(8192).optional();
const signInBody = z.object({ login: text, password: text, captcha });
const signUpBody = z.object({ email: text, password: text, name: text.optional(), captcha });
const verifyEmailBody = z.object({ verification_code: text });

/** `POST /auth/password/signin`: open a session with a name and a password. */
export function passwordSignIn(options: PasswordOptions): RequestHandler {
  return async (req, res) => {
    const began = { at: options.now() };
    const provider = chosen(options, req);
    const credentials = read(signInBody, req);
    await options.passwordRateLimit(req, credentials.login);
    const tokens = await provider.signIn(credentials).catch(accountFailure('invalid_credentials'));
    res.json(sessionAnswer(await open(options, { req, res, provider, tokens, began })));
  };
}

/** `POST /auth/password/signup`: make an account; a session opens only if the provider signs in at once. */
export function passwordSignUp(options: PasswordOptions): RequestHandler {
  return async (req, res) => {
    const began = { at: options.now() };
    const provider = chosen(options, req);
    const account = read(signUpBody, req);
    await options.passwordRateLimit(req, account.email);
    const tokens = await provider.signUp(account).catch(accountFailure());
    // The account exists, whatever the provider says of somebody who has not proved an address yet.
    const session =
      tokens &&
      (await open(options, { req, res, provider, tokens, began }).catch(unlessStoreIsAway));
    res.status(201).json(sessionAnswer(session));
  };
}

/** `POST /auth/password/verify-email`: prove an address with the code that was sent there. */
export function verifyEmail(options: PasswordOptions): RequestHandler {
  const { providers, callProvider, passwordRateLimit } = options;

  return async (req, res) => {
    const session = requireSession(res);
    const provider = providers.get(session.record.provider);
    if (!isPassword(provider)) throw new ApiError('not_supported');
    const verification = read(verifyEmailBody, req);
    await passwordRateLimit(req, session.keys.hash);
    const answer = await callProvider(session, provider, {
      url: provider.url(provider.profile.endpoints.verifyEmail),
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(verification),
    });
    const { status } = answer;
    if (status >= 400 && status < 500 && status !== 429) {
      throw new ApiError('provider_rejected', { status, reason: `status ${status}` });
    }
    if (status < 200 || status > 299) throw failureOf(answer);
    res.json(sessionAnswer(session));
  };
}

function unlessStoreIsAway(error: unknown): undefined {
  if (error instanceof StoreUnavailableError) throw error;
  return undefined;
}

function chosen({ providers }: PasswordOptions, req: Request): PasswordProvider {
  const provider = providers.chosenForPassword(queryOf(req).getAll('provider'));
  if (provider === undefined) throw new ApiError('not_supported');
  return provider;
}

function read<Body>(schema: z.ZodType<Body>, req: Request): Body {
  const { data, error } = schema.safeParse(req.body);
  // Not as a cause: it may quote what was typed.
  if (error)
    throw new ApiError('invalid_request', { reason: error.issues[0]?.path.join('.') ?? '' });
  return data;
}

interface SignedIn {
  req: Request;
  res: Response;
  provider: PasswordProvider;
  tokens: TokenSet;
  /** When the request came. */
  began: { at: number };
}

async function open(
  { attempts, sessions, sessionCookie, client, log }: PasswordOptions,
  { req, res, provider, tokens, began }: SignedIn,
): Promise<OpenSession> {
  const identity = await identityOf(provider, { tokens }, client).catch((error) => {
    void giveBack(provider, tokens, log);
    return accountFailure()(error);
  });
  const replaces = hashOfSession(sessionCookie.claimedId(req));
  const login = { provider: provider.id, ...identity, tokens, replaces, began };
  const session = await sessions.open(req, login);
  if (session === 'ended') {
    void giveBack(provider, tokens, log);
    throw new ApiError('not_authenticated', { reason: 'logged out meanwhile' });
  }
  attempts.rebind(req, res, { replaces: session.keys.hash });
  log.info({ event: 'login.succeeded', provider: provider.id, session: session.keys.hash });
  return session;
}
