import type { Provider } from '@cloakroom/contract/providers';
import { usePasswordSignIn } from '@cloakroom/react';
import { LogIn } from 'lucide-react';
import type { FormEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ActionButton } from '../button/action-button.tsx';
import { FailureLine } from '../failure/failure-line.tsx';
import { emptyField, readField, readSecret } from '../form/read-field.ts';
import { TextField } from '../form/text-field.tsx';
import { useFocusOnArrival } from '../use-focus-on-arrival.ts';
import { CaptchaField } from './captcha-field.tsx';
import { keepLastProvider } from './last-provider.ts';
import styles from './password-form.module.css';

/** What the sign-in form takes. */
export interface PasswordSignInProps {
  provider: Provider;
  /** The first field is where to go on. */
  takesFocus: boolean;
  /** Known already: somebody has just made an account. */
  login?: string | undefined;
}

/**
 * Log in with a password. What is typed stays in the fields, in no state of the page, and goes with
 * them once somebody is signed in.
 */
export function PasswordSignIn({ provider, takesFocus, login }: PasswordSignInProps): ReactNode {
  const { t } = useTranslation();
  const { signIn, isPending, error } = usePasswordSignIn(provider.id);
  const first = useFocusOnArrival<HTMLInputElement>(takesFocus);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const { ok } = await signIn({
      login: readField(form, 'login'),
      password: readSecret(form, 'password'),
      captcha: readField(form, 'captcha'),
    });
    if (ok) keepLastProvider(provider.id);
    else emptyField(form, 'captcha');
  };
  const rejected = { what: t('signIn.rejected.what'), next: t('signIn.rejected.next') };
  return (
    <form className={styles.form} method="post" aria-labelledby="password-form" onSubmit={submit}>
      {error && <FailureLine error={error} provider={provider.name} hints={{ rejected }} />}
      <TextField
        ref={first}
        name="login"
        label={t('signIn.login')}
        autoComplete="username"
        defaultValue={login}
      />
      <TextField
        name="password"
        type="password"
        label={t('signIn.password')}
        autoComplete="current-password"
      />
      <CaptchaField />
      <ActionButton look="primary" icon={LogIn} isPending={isPending}>
        {isPending ? t('signIn.pending') : t('signIn.submit')}
      </ActionButton>
    </form>
  );
}
