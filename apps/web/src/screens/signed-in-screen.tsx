import { type SessionState, useProviders, useUserInfo } from '@cloakroom/react';
import { MonitorSmartphone } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { AccountActions } from '../account/account-actions.tsx';
import { AccountNotices } from '../account/account-notices.tsx';
import { Avatar } from '../account/avatar.tsx';
import { Balance } from '../account/balance.tsx';
import { greetingName } from '../account/greeting-name.ts';
import { LogoutButton } from '../account/logout-button.tsx';
import { featuresOf } from '../account/profile-features.ts';
import { QuotaMeter } from '../account/quota-meter.tsx';
import { SessionDetails } from '../account/session-details.tsx';
import { UserDetails } from '../account/user-details.tsx';
import { VerifyEmail } from '../account/verify-email.tsx';
import { lookOf } from '../button/look.ts';
import { LazyDocumentsPanel } from '../documents/lazy-documents-panel.tsx';
import { distinctName } from '../login/namesakes.ts';
import { PlaceLink } from '../navigation/place-link.tsx';
import { Ticket } from '../ticket/ticket.tsx';
import styles from './signed-in-screen.module.css';

type SignedIn = Extract<SessionState, { status: 'signedIn' }>;

/** Show somebody their account: the body is what the provider says, the stub what the browser holds. */
export function SignedInScreen({ state }: { state: SignedIn }): ReactNode {
  const { t } = useTranslation();
  const { providers = [] } = useProviders();
  const info = useUserInfo();
  const { session } = state;
  const provider = providers.find(({ id }) => id === session.provider);
  const features = featuresOf(provider);
  const providerName = provider?.name ?? session.provider;
  // Who it is is known from the session already; the rest may take a moment, or not come at all.
  const user = info.user ? { name: session.user.name, ...info.user } : session.user;
  const name = greetingName(user);
  const hasBalance = info.user ? Boolean(info.user.balance_formatted) : features.balance === true;
  const mayVerify = provider?.kind === 'password' && info.user?.email_verified !== true;
  return (
    <div className={styles.screen}>
      <AccountNotices state={state} info={info} provider={providerName} />
      <Ticket
        stub={
          <div className={styles.stub}>
            <SessionDetails
              session={session}
              provider={provider ? distinctName(provider, providers) : session.provider}
            />
            <div className={styles.ways}>
              <PlaceLink to="sessions" className={lookOf('onFelt')}>
                <MonitorSmartphone aria-hidden size={20} />
                {t('account.sessions')}
              </PlaceLink>
              <LogoutButton />
            </div>
          </div>
        }
      >
        <div className={styles.body} data-grows={features.balance === true}>
          <div className={styles.head}>
            <Avatar user={user} />
            <h1 tabIndex={-1}>
              {name ? t('account.welcome', { name }) : t('account.welcomeNameless')}
            </h1>
          </div>
          <UserDetails user={user} />
          {hasBalance && <Balance info={info} />}
          <QuotaMeter quota={info.user?.quota} used={info.user?.used_quota} />
          {!features.fixed && (
            <AccountActions info={info} hasBalance={hasBalance} provider={providerName} />
          )}
          {mayVerify && <VerifyEmail provider={providerName} />}
          {features.documents && <LazyDocumentsPanel provider={providerName} />}
        </div>
      </Ticket>
    </div>
  );
}
