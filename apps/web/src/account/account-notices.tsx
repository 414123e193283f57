import { type Freshness, type SessionState, useCheckSession } from '@cloakroom/react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { FAILURE_TEXTS } from '../failure/failure-text.ts';
import { RetryLine } from '../retry-line.tsx';
import styles from './account-notices.module.css';

/** What the notices are made of. */
export interface AccountNoticesProps {
  state: Extract<SessionState, { status: 'signedIn' }>;
  /** What was fetched to be shown below. */
  info: Freshness;
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
        <OutageNotice outage={state.outage} info={info} />
      ) : (
        info.error && <FailureNotice info={info} error={info.error} provider={provider} />
      )}
    </div>
  );
}

type Outage = NonNullable<AccountNoticesProps['state']['outage']>;

function OutageNotice({ outage, info }: { outage: Outage; info: Freshness }): ReactNode {
  const { t } = useTranslation();
  const check = useCheckSession();
  // Whatever could not be fetched meanwhile is fetched as soon as it can be.
  const retry = () => (info.error ? info.refresh() : check());
  return (
    <div className={styles.notice}>
      <p>
        <b>{t(`outage.${outage.cause}`)}</b> {t('outage.kept')}
      </p>
      <RetryLine retryAt={outage.retryAt} retry={retry} />
    </div>
  );
}

function FailureNotice(props: {
  info: Freshness;
  error: NonNullable<Freshness['error']>;
  provider: string;
}): ReactNode {
  const { t } = useTranslation();
  const { info, error, provider } = props;
  const text = FAILURE_TEXTS[error.code];
  return (
    <div className={styles.notice}>
      <p>
        <b>{t(`failure.${text}.what`, { provider })}</b>{' '}
        {text === 'provider' ? t('outage.kept') : t(`failure.${text}.next`, { provider })}
        {text === 'general' && error.requestId && (
          <small className={styles.reference}>
            {t('failed.reference', { id: error.requestId })}
          </small>
        )}
      </p>
      {info.retryAt !== undefined && <RetryLine retryAt={info.retryAt} retry={info.refresh} />}
    </div>
  );
}
