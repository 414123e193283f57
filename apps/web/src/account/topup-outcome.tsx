import type { TopupState } from '@cloakroom/react';
import { ExternalLink } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './topup-outcome.module.css';
import { isRefused } from './topup-refused.ts';

/** What a top-up outcome takes. */
export interface TopupOutcomeProps {
  topup: TopupState;
  /** The provider's name for people. */
  provider: string;
}

/** Say what came of a top-up, and lead there where the browser would not. */
export function TopupOutcome({ topup, provider }: TopupOutcomeProps): ReactNode {
  const { t } = useTranslation();
  const line = useRef<HTMLParagraphElement>(null);
  const refused = isRefused(topup);
  useEffect(() => {
    // The button that had the focus is gone.
    if (refused) line.current?.focus();
  }, [refused]);
  switch (topup.status) {
    case 'idle':
      return null;
    case 'asking':
      return <p className="visually-hidden">{t('account.topupAsking')}</p>;
    case 'opened':
      return <p className={styles.outcome}>{t('account.topupOpened')}</p>;
    case 'notSupported':
      return (
        <p ref={line} tabIndex={-1} className={styles.outcome}>
          {t('account.topupNotSupported')}
        </p>
      );
    case 'failed':
      return (
        <p ref={line} tabIndex={-1} className={styles.outcome}>
          {refused ? t('account.topupForbidden', { provider }) : t('account.topupFailed')}
        </p>
      );
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
