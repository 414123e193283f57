import type { TopupState } from '@cloakroom/react';
import { ExternalLink } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './topup-outcome.module.css';

/** Say what came of a top-up, and lead there where the browser would not. */
export function TopupOutcome({ topup }: { topup: TopupState }): ReactNode {
  const { t } = useTranslation();
  switch (topup.status) {
    case 'idle':
      return null;
    case 'asking':
      return <p className="visually-hidden">{t('account.topupAsking')}</p>;
    case 'opened':
      return <p className={styles.outcome}>{t('account.topupOpened')}</p>;
    case 'notSupported':
      return <p className={styles.outcome}>{t('account.topupNotSupported')}</p>;
    case 'failed':
      return <p className={styles.outcome}>{t('account.topupFailed')}</p>;
    case 'blocked':
      return (
        <p className={styles.outcome}>
          {t('account.topupBlocked')}{' '}
          <a href={topup.url} target="_blank" rel="noopener noreferrer">
            {t('account.topupLink')} <ExternalLink aria-hidden size={16} />
          </a>
        </p>
      );
  }
}
