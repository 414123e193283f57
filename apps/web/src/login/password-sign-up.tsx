import type { Provider } from '@cloakroom/contract/providers';
import { usePasswordSignUp } from '@cloakroom/react';
import { UserRoundPlus } from 'lucide-react';
import type { FormEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ActionButton } from '../button/action-button.tsx';
import { FailureLine } from '../failure/failure-line.tsx';
import { emptyField, readField, readSecret } from '../form/read-field.ts';
import { TextField } from '../form/text-field.tsx';
import { useFocusOnArrival } from '../use-focus-on-arrival.ts';
import { CaptchaField } from './captcha-field.tsx';
import styles from './password-form.module.css';

/** What the sign-up form takes. */
export interface PasswordSignUpProps {
  provider: Provider;
  onDone: (email: string) => void;
}

/** Make an account. Where the provider signs in at once, the page is another one by then. */
export function PasswordSignUp({ provider, onDone }: PasswordSignUpProps): ReactNode {
  const { t } = useTranslation();
  const { signUp, isPending, error } = usePasswordSignUp(provider.id);
  const first = useFocusOnArrival<HTMLInputElement>(true);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const email = readField(form, 'email');
    const { ok } = await signUp({
      email,
      name: readField(form, 'name'),
      password: readSecret(form, 'password'),
      captcha: readField(form, 'captcha'),
    });
    if (ok) onDone(email);
    else emptyField(form, 'captcha');
  };
  const rejected = { what: t('signUp.rejected.what'), next: t('signUp.rejected.next') };
  return (
    <form className={styles.form} method="post" aria-labelledby="password-form" onSubmit={submit}>
      {error && <FailureLine error={error} provider={provider.name} hints={{ rejected }} />}
      <TextField
        ref={first}
        name="email"
        type="email"
        label={t('signUp.email')}
        autoComplete="username"
      />
      <TextField name="name" label={t('signUp.name')} autoComplete="name" autoCapitalize="words" />
      <TextField
        name="password"
        type="password"
        label={t('signUp.password')}
        autoComplete="new-password"
      />
      <CaptchaField />
      <ActionButton look="primary" icon={UserRoundPlus} isPending={isPending}>
        {isPending ? t('signUp.pending') : t('signUp.submit')}
      </ActionButton>
    </form>
  );
}
