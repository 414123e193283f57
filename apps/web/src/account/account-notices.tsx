import type { SessionState, UserInfoState } from '@cloakroom/react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { RetryLine } from '../retry-line.tsx';
import styles from './account-notices.module.css';
import { FAILURE_TEXTS } from './failure-text.ts';

/** What the notices are made of. */
export interface AccountNoticesProps {
  state: Extract<SessionState, { status: 'signedIn' }>;
  info: UserInfoState;
  /** The provider's name for people. */
  provider: string;
}

/**
 * Say above the account what is wrong with it, one thing at a time: with the session's store or the
 * network down, that the account could not be fetched is no news.
 */
export function AccountNotices({ state, info, provider }: AccountNoticesProps): ReactNode {
  return (
    <div role="status">
      {state.outage ? (
        <OutageNotice outage={state.outage} />
      ) : (
        info.error && <FailureNotice info={info} error={info.error} provider={provider} />
      )}
    </div>
  );
}

type Outage = NonNullable<AccountNoticesProps['state']['outage']>;

function OutageNotice({ outage }: { outage: Outage }): ReactNode {
  const { t } = useTranslation();
  return (
    <div className={styles.notice}>
      <p>
        <b>{t(`outage.${outage.cause}`)}</b> {t('outage.kept')}
      </p>
      <RetryLine retryAt={outage.retryAt} />
    </div>
  );
}

function FailureNotice(props: {
  info: UserInfoState;
  error: NonNullable<UserInfoState['error']>;
  provider: string;
}): ReactNode {
  const { t } = useTranslation();
  const { info, error, provider } = props;
  const text = FAILURE_TEXTS[error.code];
  return (
    <div className={styles.notice}>
      <p>
        <b>{t(`failure.${text}`, { provider })}</b> {text === 'provider' && t('outage.kept')}
        {text === 'general' && error.requestId && (
          <small className={styles.reference}>
            {t('failure.reference', { id: error.requestId })}
          </small>
        )}
      </p>
      {info.retryAt !== undefined && <RetryLine retryAt={info.retryAt} retry={info.refresh} />}
    </div>
  );
}
