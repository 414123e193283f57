import type { SessionUser } from '@cloakroom/contract/session';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './user-details.module.css';
import { userRows } from './user-rows.ts';

/** List who somebody is at the provider, as far as it says. */
export function UserDetails({ user }: { user: SessionUser }): ReactNode {
  const { t } = useTranslation();
  return (
    <dl className={styles.details}>
      {userRows(user).map(({ term, value }) => (
        <div key={term} className={styles.row}>
          <dt>{t(`account.${term}`)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
