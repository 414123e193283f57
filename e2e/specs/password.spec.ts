import { rowOf } from '../matrix/providers.ts';
import { EmailVerification } from '../pages/email-verification.ts';
import { expect, test } from '../site-fixtures.ts';

const provider = rowOf('rememberizer-account');

test.use({ provider });

for (const [what, wrong, sentence] of [
  ['password', { password: 'guessed' }, 'The login or the password is wrong.'],
  ['captcha', { captcha: 'fail' }, 'The provider did not let this login through.'],
] as const) {
  test(`a wrong ${what} is said in a sentence, and the right one works`, async ({
    app,
    choice,
    passwordForm,
    yating,
  }) => {
    await app.goto();
    await choice.to(provider).click();
    await passwordForm.signIn({ ...yating, ...wrong });
    await expect(passwordForm.failure).toContainText(sentence);
    await expect(passwordForm.failure).toBeFocused();
    await expect(passwordForm.captcha).toHaveValue('');
    await passwordForm.signIn(yating);
    await app.waitForWelcome('Lin Yating');
  });
}

test('what is left out is asked for before anything is sent', async ({
  app,
  choice,
  control,
  passwordForm,
}) => {
  await app.goto();
  await choice.to(provider).click();
  await passwordForm.submit.click();
  await expect(passwordForm.problems).toHaveCount(3);
  await expect(passwordForm.login).toBeFocused();
  expect(control.stats().calls.signin).toBe(0);
});

test('who tries too often is told when to go on, and nobody else is kept waiting', async ({
  app,
  choice,
  page,
  passwordForm,
  weichen,
  yating,
}) => {
  for (let count = 0; count < 10; count += 1) {
    await page.request.post('/auth/password/signin', {
      headers: { 'X-CSRF': '1' },
      data: { login: yating.username, password: 'guessed', captcha: 'a token' },
    });
  }
  await app.goto();
  await choice.to(provider).click();
  await passwordForm.signIn(yating);
  await expect(passwordForm.failure).toContainText('Too many requests in a short time.');
  await expect(passwordForm.failure).toContainText(/You can try again in \d+ seconds?\./);
  await passwordForm.signIn(weichen);
  await app.logout.waitFor();
});

test('while the provider is down the form says so, and works afterwards', async ({
  app,
  control,
  login,
  passwordForm,
  yating,
}) => {
  control.addFault({ endpoint: 'signin', kind: 'reset' });
  await login.signIn(yating);
  await expect(passwordForm.failure).toContainText('Rememberizer account is not answering.');
  control.clearFaults();
  await passwordForm.signIn(yating);
  await app.waitForWelcome('Lin Yating');
});

test('an account is made, used and proved with the code from the mail', async ({
  app,
  choice,
  emulator,
  page,
  passwordForm,
  recording,
}) => {
  const account = { email: 'meihua@example.com', name: 'Mei-hua', password: 'plum-blossom-9' };
  await app.goto();
  await choice.to(provider).click();
  await passwordForm.signUp(account);
  await expect(passwordForm.done).toContainText(account.email);
  await expect(passwordForm.login).toHaveValue(account.email);
  await passwordForm.signIn({ ...account, username: account.email });
  await app.waitForWelcome('Mei-hua');

  const verification = new EmailVerification(page);
  const code = emulator.personas.rememberizer.control.verificationCode(account.email) ?? '';
  await verification.open();
  await verification.send(code === '000000' ? '000001' : '000000');
  await expect(verification.failure).toContainText('This code is wrong or has expired.');
  await verification.send(code);
  await expect(verification.done).toBeVisible();
  await expect({
    ...recording,
    secrets: () => [...recording.secrets(), { kind: 'password', value: account.password }],
  }).toHoldNoSecrets();
});

test('a logout ends the session at the provider too, and the form comes first', async ({
  app,
  choice,
  control,
  login,
  passwordForm,
  yating,
}) => {
  await login.logIn(yating);
  await app.logout.click();
  await expect(app.heading).toHaveText('You are logged out.');
  expect(control.stats().calls['custom-logout']).toBe(1);
  await expect(choice.ways.first().and(choice.to(provider))).toBeVisible();
  await choice.to(provider).click();
  await expect(passwordForm.login).toBeFocused();
  await expect(passwordForm.password).toHaveValue('');
  await passwordForm.otherProvider.click();
  await expect(choice.to(provider)).toBeFocused();
});
