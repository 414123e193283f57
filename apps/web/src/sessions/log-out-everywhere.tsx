import { useLogout } from '@cloakroom/react';
import { LogOut, Ticket } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Alarm } from '../failure/alarm.tsx';
import { ConfirmedAction } from './confirmed-action.tsx';
import styles from './log-out-everywhere.module.css';

/** Take every ticket back at once. One that fails says so: nobody shall believe that it worked. */
export function LogOutEverywhere(): ReactNode {
  const { t } = useTranslation();
  const { logout, isPending, error } = useLogout();
  return (
    <section className={styles.everywhere} aria-labelledby="everywhere">
      <h2 id="everywhere" className={styles.heading}>
        <Ticket aria-hidden size={22} strokeWidth={1.5} />
        {t('sessions.everywhereHeading')}
      </h2>
      <p className={styles.note}>{t('sessions.everywhereNote')}</p>
      <Alarm>{error && t('account.logoutFailed')}</Alarm>
      <ConfirmedAction
        look="onFelt"
        icon={LogOut}
        label={t('sessions.everywhere')}
        question={t('sessions.everywhereSure')}
        yes={t('sessions.everywhereYes')}
        pending={t('account.loggingOut')}
        isPending={isPending}
        onConfirm={() => logout({ everywhere: true })}
      />
    </section>
  );
}
