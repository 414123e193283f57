import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Ticket } from '../ticket/ticket.tsx';
import styles from './checking-screen.module.css';

/** Wait for the answer to who is here. A quick answer is never preceded by a flash of this. */
export function CheckingScreen(): ReactNode {
  const { t } = useTranslation();
  return (
    <div className={styles.checking}>
      <h1 className="visually-hidden" tabIndex={-1}>
        {t('checking')}
      </h1>
      <div aria-hidden>
        <Ticket stub={<div className={styles.stub} />}>
          <div className={styles.lines}>
            <span />
            <span />
            <span />
          </div>
        </Ticket>
      </div>
    </div>
  );
}
