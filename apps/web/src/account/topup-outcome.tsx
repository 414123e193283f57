import type { TopupState } from '@cloakroom/react';
import { ExternalLink } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { lookOf } from '../button/look.ts';
import { useFocusOnArrival } from '../use-focus-on-arrival.ts';
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
  switch (topup.status) {
    case 'idle':
      return null;
    case 'asking':
      return <p className="visually-hidden">{t('account.topupAsking')}</p>;
    case 'opened':
      return <p className={styles.outcome}>{t('account.topupOpened')}</p>;
    case 'notSupported':
      return <Refusal>{t('account.topupNotSupported')}</Refusal>;
    case 'failed':
      if (isRefused(topup)) return <Refusal>{t('account.topupForbidden', { provider })}</Refusal>;
      return <p className={styles.outcome}>{t('account.topupFailed')}</p>;
    case 'blocked':
      return (
        <div className={styles.blocked}>
          <p className={styles.outcome}>{t('account.topupBlocked')}</p>
          <a
            className={lookOf('secondary')}
            href={topup.url}
            target="_blank"
            rel="noopener noreferrer"
          >
            {t('account.topupLink')}
            <ExternalLink aria-hidden size={20} />
          </a>
        </div>
      );
  }
}

/** The button that was pressed is gone: the reason has the focus in its place. */
function Refusal({ children }: { children: ReactNode }): ReactNode {
  const line = useFocusOnArrival<HTMLParagraphElement>(true);
  return (
    <p ref={line} tabIndex={-1} className={styles.outcome}>
      {children}
    </p>
  );
}
