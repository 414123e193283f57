import { type UserInfoState, useTopup } from '@cloakroom/react';
import { CirclePlus } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ActionButton } from '../button/action-button.tsx';
import styles from './account-actions.module.css';
import { RefreshButton } from './refresh-button.tsx';
import { TopupOutcome } from './topup-outcome.tsx';

/** Refresh what is shown, and top up where the provider shows a balance. */
export function AccountActions({ info }: { info: UserInfoState }): ReactNode {
  const { t } = useTranslation();
  const topup = useTopup();
  const canTopUp = Boolean(info.user?.balance_formatted) && topup.status !== 'notSupported';
  return (
    <>
      <div className={styles.actions}>
        <RefreshButton info={info} />
        {canTopUp && (
          <ActionButton
            look="secondary"
            icon={CirclePlus}
            onPress={topup.topUp}
            isPending={topup.status === 'asking'}
          >
            {t('account.topup')}
          </ActionButton>
        )}
      </div>
      <div role="status">
        <TopupOutcome topup={topup} />
      </div>
    </>
  );
}
