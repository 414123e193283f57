import { type SessionState, useProviders, useSessions } from '@cloakroom/react';
import { ArrowLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { AccountNotices } from '../account/account-notices.tsx';
import { PlaceLink } from '../navigation/place-link.tsx';
import { LogOutEverywhere } from '../sessions/log-out-everywhere.tsx';
import { SessionList } from '../sessions/session-list.tsx';
import { Ticket } from '../ticket/ticket.tsx';
import styles from './sessions-screen.module.css';

type SignedIn = Extract<SessionState, { status: 'signedIn' }>;

/** Show somebody where they are logged in, to end what they do not know. */
export function SessionsScreen({ state }: { state: SignedIn }): ReactNode {
  const { t } = useTranslation();
  const list = useSessions();
  const { providers = [] } = useProviders();
  const { provider: id } = state.session;
  const provider = providers.find((one) => one.id === id)?.name ?? id;
  return (
    <div className={styles.screen}>
      <AccountNotices state={state} info={list} provider={provider} />
      <Ticket stub={<LogOutEverywhere />}>
        <div className={styles.body}>
          <PlaceLink to="account" className={styles.back}>
            <ArrowLeft aria-hidden size={18} />
            {t('sessions.back')}
          </PlaceLink>
          <div className={styles.intro}>
            <h1 tabIndex={-1}>{t('title.sessions')}</h1>
            <p className={styles.lead}>{t('sessions.lead')}</p>
          </div>
          <SessionList list={list} />
        </div>
      </Ticket>
    </div>
  );
}
