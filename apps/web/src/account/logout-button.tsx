import { useLogout } from '@cloakroom/react';
import { LogOut } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ActionButton } from '../button/action-button.tsx';
import { Alarm } from '../failure/alarm.tsx';
import styles from './logout-button.module.css';

/** Hand the ticket in. A logout that fails says so: nobody shall leave a machine believing it worked. */
export function LogoutButton(): ReactNode {
  const { t } = useTranslation();
  const { logout, isPending, error } = useLogout();
  return (
    <div className={styles.logout}>
      <Alarm>{error && t('account.logoutFailed')}</Alarm>
      <ActionButton look="onFelt" icon={LogOut} onPress={() => logout()} isPending={isPending}>
        {isPending ? t('account.loggingOut') : t('account.logout')}
      </ActionButton>
    </div>
  );
}
