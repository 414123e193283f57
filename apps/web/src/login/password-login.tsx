import type { Provider } from '@cloakroom/contract/providers';
import { ArrowLeft } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Done } from '../form/done.tsx';
import styles from './password-form.module.css';
import { PasswordSignIn } from './password-sign-in.tsx';
import { PasswordSignUp } from './password-sign-up.tsx';

/** What a login with a password takes. */
export interface PasswordLoginProps {
  provider: Provider;
  /** Back to the choice; absent where there is nothing to choose. */
  onBack?: () => void;
}

/** Where somebody is: in front of either form, or back from a sign-up. */
type Step =
  | { form: 'signIn'; isFirst: boolean }
  | { form: 'signUp' }
  | { form: 'signedUp'; email: string };

/** Log in with a password, or make an account first. */
export function PasswordLogin({ provider, onBack }: PasswordLoginProps): ReactNode {
  const { t } = useTranslation();
  const [step, setStep] = useState<Step>({ form: 'signIn', isFirst: onBack === undefined });
  const isNew = step.form === 'signUp';
  return (
    <section className={styles.panel}>
      <div className={styles.intro}>
        <h2 id="password-form" className={styles.heading}>
          {isNew ? t('signUp.heading') : t('signIn.heading', { provider: provider.name })}
        </h2>
        <p className={styles.note}>{isNew ? t('signUp.note') : t('signIn.note')}</p>
      </div>
      {step.form === 'signedUp' && <Done>{t('signUp.done', { email: step.email })}</Done>}
      {isNew ? (
        <PasswordSignUp
          provider={provider}
          onDone={(email) => setStep({ form: 'signedUp', email })}
        />
      ) : (
        <PasswordSignIn
          provider={provider}
          takesFocus={step.form === 'signIn' && !step.isFirst}
          login={step.form === 'signedUp' ? step.email : undefined}
        />
      )}
      <div className={styles.ways}>
        <button
          type="button"
          className={styles.way}
          onClick={() => setStep(isNew ? { form: 'signIn', isFirst: false } : { form: 'signUp' })}
        >
          {isNew ? t('signUp.signIn') : t('signIn.signUp')}
        </button>
        {onBack && (
          <button type="button" className={styles.way} onClick={onBack}>
            <ArrowLeft aria-hidden size={18} />
            {t('login.elsewhere')}
          </button>
        )}
      </div>
    </section>
  );
}
