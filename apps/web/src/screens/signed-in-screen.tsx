import { type SessionState, useProviders, useUserInfo } from '@cloakroom/react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { AccountActions } from '../account/account-actions.tsx';
import { AccountNotices } from '../account/account-notices.tsx';
import { Avatar } from '../account/avatar.tsx';
import { Balance } from '../account/balance.tsx';
import { LogoutButton } from '../account/logout-button.tsx';
import { QuotaMeter } from '../account/quota-meter.tsx';
import { SessionDetails } from '../account/session-details.tsx';
import { UserDetails } from '../account/user-details.tsx';
import { Ticket } from '../ticket/ticket.tsx';
import styles from './signed-in-screen.module.css';

type SignedIn = Extract<SessionState, { status: 'signedIn' }>;

/** Show somebody their account: the body is what the provider says, the stub what the browser holds. */
export function SignedInScreen({ state }: { state: SignedIn }): ReactNode {
  const { t } = useTranslation();
  const { providers } = useProviders();
  const info = useUserInfo();
  const { session } = state;
  const provider = providers?.find(({ id }) => id === session.provider)?.name ?? session.provider;
  // Who it is is known from the session already; the rest may take a moment, or not come at all.
  const user = info.user ?? session.user;
  const name = user.username || user.email;
  return (
    <div className={styles.screen}>
      <AccountNotices state={state} info={info} provider={provider} />
      <Ticket
        stub={
          <div className={styles.stub}>
            <SessionDetails session={session} provider={provider} />
            <LogoutButton />
          </div>
        }
      >
        <div className={styles.head}>
          <Avatar user={user} />
          <h1 tabIndex={-1}>
            {name ? t('account.welcome', { name }) : t('account.welcomeNameless')}
          </h1>
        </div>
        <UserDetails user={user} />
        <Balance info={info} />
        <QuotaMeter quota={info.user?.quota} used={info.user?.used_quota} />
        <AccountActions info={info} />
      </Ticket>
    </div>
  );
}
