import { KeyRound, LockKeyhole, RefreshCw } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Ticket } from '../ticket/ticket.tsx';
import styles from './counter-picture.module.css';

/** Picture what hangs behind the counter, and the stub that the browser holds for it. */
export function CounterPicture(): ReactNode {
  return (
    <Ticket fold="below" stub={<BrowserStub />}>
      <Rail />
    </Ticket>
  );
}

function Rail(): ReactNode {
  const { t } = useTranslation();
  const coats = [
    { icon: KeyRound, name: t('picture.accessToken') },
    { icon: RefreshCw, name: t('picture.refreshToken') },
    { icon: LockKeyhole, name: t('picture.clientSecret') },
  ];
  return (
    <section>
      <h2 className={styles.place}>
        {t('picture.counter')} <small>{t('picture.counterNote')}</small>
      </h2>
      <ul className={styles.rail}>
        {coats.map(({ icon: Icon, name }) => (
          <li key={name} className={styles.coat}>
            <svg className={styles.hanger} viewBox="0 0 64 46" aria-hidden="true">
              <path d="M32 20c0-4 7-4 7-9a7 7 0 0 0-14 0M32 20 6 38c-3 2-2 6 2 6h48c4 0 5-4 2-6Z" />
            </svg>
            <span className={styles.tag}>
              <Icon aria-hidden size={20} strokeWidth={1.75} />
              {name}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function BrowserStub(): ReactNode {
  const { t } = useTranslation();
  return (
    <section className={styles.stub}>
      <h2 className={styles.place}>{t('picture.browser')}</h2>
      <p className={styles.ticket}>{t('picture.ticket')}</p>
      <p>{t('picture.browserNote')}</p>
      <span className={styles.bars} aria-hidden />
    </section>
  );
}
