import type { UserInfoState } from '@cloakroom/react';
import { Check, RotateCw } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ActionButton } from '../button/action-button.tsx';
import { useFormat } from '../language/use-format.ts';

/** What a refresh button takes. */
export interface RefreshButtonProps {
  info: UserInfoState;
  /** The account has a balance, as far as is known. */
  hasBalance: boolean;
}

/**
 * Fetch the account again, and say that it was done: where the balance did not change, it would look
 * as if nothing had happened.
 */
export function RefreshButton({ info, hasBalance }: RefreshButtonProps): ReactNode {
  const { t } = useTranslation();
  const { clock } = useFormat();
  const [isAsked, setAsked] = useState(false);
  const [doneAt, setDoneAt] = useState<number>();
  const isDone = !isAsked && doneAt !== undefined && !info.error;
  const refresh = async () => {
    setAsked(true);
    const { ok } = await info.refresh();
    setAsked(false);
    setDoneAt(ok ? Date.now() : undefined);
  };
  return (
    <>
      <ActionButton
        look="primary"
        icon={isDone ? Check : RotateCw}
        onPress={refresh}
        isPending={isAsked}
      >
        {hasBalance ? t('account.refreshBalance') : t('account.refreshDetails')}
      </ActionButton>
      <span role="status" className="visually-hidden">
        {isAsked && t('account.refreshing')}
        {isDone && t('account.refreshed', { time: clock(doneAt) })}
      </span>
    </>
  );
}
