import type { SessionUser } from '@cloakroom/contract/session';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './user-details.module.css';

/** List who somebody is at the provider. What was not granted says so. */
export function UserDetails({ user }: { user: SessionUser }): ReactNode {
  const { t } = useTranslation();
  const rows = [
    { term: t('account.username'), value: user.username },
    { term: t('account.email'), value: user.email },
  ];
  return (
    <dl className={styles.details}>
      {rows.map(({ term, value }) => (
        <div key={term} className={styles.row}>
          <dt>{term}</dt>
          <dd>{value || <span className={styles.absent}>{t('account.notShared')}</span>}</dd>
        </div>
      ))}
    </dl>
  );
}
