import { useVerifyEmail } from '@cloakroom/react';
import { MailCheck } from 'lucide-react';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ActionButton } from '../button/action-button.tsx';
import { FailureLine } from '../failure/failure-line.tsx';
import { Done } from '../form/done.tsx';
import { readField } from '../form/read-field.ts';
import { TextField } from '../form/text-field.tsx';
import styles from './verify-email.module.css';

/** Take the code that proves an e-mail address. Folded up: who needs it has a mail that says so. */
export function VerifyEmail({ provider }: { provider: string }): ReactNode {
  const { t } = useTranslation();
  const { verifyEmail, isPending, error } = useVerifyEmail();
  const [isDone, setDone] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const { ok } = await verifyEmail(readField(event.currentTarget, 'code'));
    setDone(ok);
  };
  if (isDone) {
    return (
      <div className={styles.done}>
        <Done>{t('verifyEmail.done')}</Done>
      </div>
    );
  }
  const rejected = { what: t('verifyEmail.rejected.what'), next: t('verifyEmail.rejected.next') };
  return (
    <details className={styles.details}>
      <summary className={styles.summary}>{t('verifyEmail.heading')}</summary>
      <form
        className={styles.form}
        method="post"
        aria-label={t('verifyEmail.heading')}
        onSubmit={submit}
      >
        {error && <FailureLine error={error} provider={provider} hints={{ rejected }} />}
        <TextField
          name="code"
          label={t('verifyEmail.code')}
          note={t('verifyEmail.note')}
          autoComplete="one-time-code"
          inputMode="numeric"
        />
        <ActionButton look="secondary" icon={MailCheck} isPending={isPending}>
          {isPending ? t('verifyEmail.pending') : t('verifyEmail.submit')}
        </ActionButton>
      </form>
    </details>
  );
}
