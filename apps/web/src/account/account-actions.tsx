import { type UserInfoState, useTopup } from '@cloakroom/react';
import { CirclePlus } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ActionButton } from '../button/action-button.tsx';
import styles from './account-actions.module.css';
import { RefreshButton } from './refresh-button.tsx';
import { TopupOutcome } from './topup-outcome.tsx';
import { isRefused } from './topup-refused.ts';

/** What account actions take. */
export interface AccountActionsProps {
  info: UserInfoState;
  /** The account has a balance, as far as is known. */
  hasBalance: boolean;
  /** The provider's name for people. */
  provider: string;
}

/**
 * Fetch again what is shown, and top up where the provider shows a balance. A provider that has said no
 * once is not asked again.
 */
export function AccountActions({ info, hasBalance, provider }: AccountActionsProps): ReactNode {
  const { t } = useTranslation();
  const topup = useTopup();
  const canTopUp = Boolean(info.user?.balance_formatted) && !isRefused(topup);
  return (
    <>
      <div className={styles.actions}>
        <RefreshButton info={info} hasBalance={hasBalance} />
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
        <TopupOutcome topup={topup} provider={provider} />
      </div>
    </>
  );
}
