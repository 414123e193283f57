import type { AuthenticatedSession } from '@cloakroom/contract/session';
import { Ticket } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../language/use-format.ts';
import styles from './session-details.module.css';

/** What session details take. */
export interface SessionDetailsProps {
  session: AuthenticatedSession;
  /** The provider's name for people. */
  provider: string;
}

/** Print the ticket: who issued it, since when, and till when it is good. */
export function SessionDetails({ session, provider }: SessionDetailsProps): ReactNode {
  const { t } = useTranslation();
  const { moment } = useFormat();
  const rows = [
    { term: t('ticket.provider'), value: provider },
    { term: t('ticket.since'), value: moment(session.created_at) },
    { term: t('ticket.idleEnd'), value: moment(session.idle_expires_at) },
    { term: t('ticket.end'), value: moment(session.absolute_expires_at) },
  ];
  return (
    <section className={styles.session} aria-labelledby="ticket">
      <h2 id="ticket" className={styles.heading}>
        <Ticket aria-hidden size={22} strokeWidth={1.5} />
        {t('ticket.heading')}
      </h2>
      <dl className={styles.rows}>
        {rows.map(({ term, value }) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p className={styles.note}>{t('ticket.note')}</p>
    </section>
  );
}
