import { useProviders } from '@cloakroom/react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { LoginChoice } from '../login/login-choice.tsx';
import { CounterPicture } from './counter-picture.tsx';
import styles from './signed-out-screen.module.css';

/** Greet somebody who is not signed in: the claim, the way in, and a picture of what happens. */
export function SignedOutScreen(): ReactNode {
  const { t } = useTranslation();
  const { providers } = useProviders();
  const leadsNowhere = providers?.every(({ kind }) => kind === 'password');
  return (
    <div className={styles.split}>
      <div className={styles.claim}>
        <h1 className={styles.heading} tabIndex={-1}>
          {t('signedOut.heading')}
        </h1>
        <p className={styles.lead}>
          {leadsNowhere ? t('signedOut.leadPassword') : t('signedOut.lead')}
        </p>
        <LoginChoice label={t('login.oneClick')} />
      </div>
      <CounterPicture />
    </div>
  );
}
