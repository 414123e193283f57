import type { UserInfoState } from '@cloakroom/react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../language/use-format.ts';
import styles from './balance.module.css';

/**
 * Show the balance as the provider words it: text of unknown currency, nothing added, nothing computed.
 * Not for an account that has none, or where the login does not cover it.
 */
export function Balance({ info }: { info: UserInfoState }): ReactNode {
  const { t } = useTranslation();
  const { clock } = useFormat();
  const { user, error, updatedAt, isRefreshing } = info;
  return (
    <dl className={styles.balance}>
      <dt className={styles.label}>{t('account.balance')}</dt>
      <dd
        className={styles.figure}
        data-stale={error !== undefined}
        data-long={(user?.balance_formatted ?? '').length > 12}
      >
        {user?.balance_formatted ?? <Missing isLoading={isRefreshing && !error} />}
      </dd>
      {updatedAt !== undefined && (
        <dd className={styles.time}>
          {error
            ? t('account.lastKnown', { time: clock(updatedAt) })
            : t('account.asOf', { time: clock(updatedAt) })}
        </dd>
      )}
    </dl>
  );
}

function Missing({ isLoading }: { isLoading: boolean }): ReactNode {
  const { t } = useTranslation();
  if (!isLoading) return <span className={styles.unknown}>{t('account.balanceUnknown')}</span>;
  return (
    <span className={styles.skeleton}>
      <span className="visually-hidden">{t('account.loading')}</span>
    </span>
  );
}
