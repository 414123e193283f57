import type { SessionList } from '@cloakroom/contract/session';
import { useEndSession } from '@cloakroom/react';
import { LogOut, Monitor, Smartphone } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Alarm } from '../failure/alarm.tsx';
import { useFormat } from '../language/use-format.ts';
import { ConfirmedAction } from './confirmed-action.tsx';
import { deviceOf, isHandheld } from './device.ts';
import styles from './session-entry.module.css';
import { useDeviceName } from './use-device-name.ts';

/** What a session entry takes. */
export interface SessionEntryProps {
  session: SessionList[number];
  /** It was ended from here, and has left the list. */
  onEnded: (device: string) => void;
}

/** Show one of somebody's sessions, and end it if it is not the one of this page. */
export function SessionEntry({ session, onEnded }: SessionEntryProps): ReactNode {
  const { t } = useTranslation();
  const { moment } = useFormat();
  const device = useDeviceName()(session.device);
  const { endSession, isPending, error } = useEndSession();
  const end = async () => {
    const { ok } = await endSession(session.handle);
    if (ok) onEnded(device);
  };
  return (
    <li className={styles.entry}>
      <DeviceIcon name={session.device} />
      <div className={styles.text}>
        <p className={styles.device}>
          {device} {session.current && <small className={styles.here}>{t('sessions.here')}</small>}
        </p>
        <p className={styles.times}>
          <span>{t('sessions.since', { time: moment(session.created_at) })}</span>{' '}
          <span>{t('sessions.lastSeen', { time: moment(session.last_seen_at) })}</span>
        </p>
      </div>
      {!session.current && (
        <div className={styles.action}>
          <Alarm>{error && t('sessions.failed', { device })}</Alarm>
          <ConfirmedAction
            look="secondary"
            icon={LogOut}
            label={t('sessions.end')}
            fullLabel={t('sessions.endOne', { device })}
            question={t('sessions.sure', { device })}
            yes={t('sessions.yes')}
            pending={t('sessions.ending')}
            isPending={isPending}
            onConfirm={end}
          />
        </div>
      )}
    </li>
  );
}

function DeviceIcon({ name }: { name: string }): ReactNode {
  const device = deviceOf(name);
  const Icon = device && isHandheld(device) ? Smartphone : Monitor;
  return <Icon aria-hidden className={styles.icon} size={28} strokeWidth={1.5} />;
}
