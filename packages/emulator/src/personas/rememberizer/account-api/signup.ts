import type { RequestHandler } from 'express';
import { z } from 'zod';
import { newAccount } from '../account.ts';
import { readBody, required } from '../api/read-body.ts';
import { refuseFields } from '../api/refuse.ts';
import type { RememberizerProvider } from '../rememberizer-provider.ts';
import { captchaField } from './captcha-field.ts';

const MINIMUM = 8;

const REQUEST = z.object({
  email: required().pipe(z.email('Enter a valid email address.')),
  password: required().min(
    MINIMUM,
    `This password is too short. It must contain at least ${MINIMUM} characters.`,
  ),
  name: required().max(100, 'Ensure this field has no more than 100 characters.'),
  captcha: captchaField(),
});

/** `POST /api/v1/auth/signup/`: open an account, and mail its owner a code; it signs nobody in. */
export function signUp(provider: RememberizerProvider): RequestHandler {
  return (req, res) => {
    const request = readBody(REQUEST, req, res);
    if (request === undefined) return;
    const email = request.email.toLowerCase();
    if (provider.users.all().some((user) => user.email === email)) {
      return refuseFields(res, { email: ['A user is already registered with this address.'] });
    }
    const account = newAccount({
      ...request,
      id: 1 + Math.max(0, ...provider.users.all().map(({ accountId }) => accountId)),
      username: freeUsername(provider, email),
      email,
      now: provider.now(),
    });
    provider.users.add(account);
    provider.sendVerificationCode(account);
    const { accountId: id, name } = account;
    res.status(201).json({ id, email, name, email_verified: false });
  };
}

/** The part before the `@`, with a number where somebody has it already. */
function freeUsername(provider: RememberizerProvider, email: string): string {
  const wanted = email.split('@')[0]?.replace(/[^\w.-]/g, '') || 'user';
  for (let number = 1; ; number += 1) {
    const username = number === 1 ? wanted : `${wanted}${number}`;
    if (provider.users.find(username) === undefined) return username;
  }
}
