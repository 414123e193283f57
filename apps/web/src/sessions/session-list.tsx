import type { SessionsState } from '@cloakroom/react';
import { RotateCw } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ActionButton } from '../button/action-button.tsx';
import { Done } from '../form/done.tsx';
import { useFocusOnLeaving } from '../use-focus-on-leaving.ts';
import { SessionEntry } from './session-entry.tsx';
import styles from './session-list.module.css';

/** List where somebody is logged in, and say what became of those that are ended here. */
export function SessionList({ list }: { list: SessionsState }): ReactNode {
  const { t } = useTranslation();
  const [ended, setEnded] = useState<{ device: string; at: number }>();
  const { sessions, error } = list;
  if (sessions === undefined) return error ? <Unknown list={list} /> : <Loading />;
  const isAlone = sessions.every(({ current }) => current);
  const ownFirst = [...sessions].sort((a, b) => Number(b.current) - Number(a.current));
  return (
    <>
      {ended && <Done key={ended.at}>{t('sessions.ended', { device: ended.device })}</Done>}
      <ul className={styles.list}>
        {ownFirst.map((session) => (
          <SessionEntry
            key={session.handle}
            session={session}
            onEnded={(device) => setEnded({ device, at: Date.now() })}
          />
        ))}
      </ul>
      {isAlone && <p className={styles.note}>{t('sessions.onlyHere')}</p>}
    </>
  );
}

function Loading(): ReactNode {
  const { t } = useTranslation();
  return (
    <p className={styles.loading}>
      <span className="visually-hidden">{t('sessions.loading')}</span>
    </p>
  );
}

function Unknown({ list }: { list: SessionsState }): ReactNode {
  const { t } = useTranslation();
  const { retryAt, isRefreshing, refresh } = list;
  const unknown = useFocusOnLeaving<HTMLDivElement>();
  return (
    <div ref={unknown} className={styles.unknown}>
      <p className={styles.note}>{t('sessions.unknown')}</p>
      {/* Where it is tried again by itself, the notice above has this button. */}
      {retryAt === undefined && (
        <ActionButton look="secondary" icon={RotateCw} onPress={refresh} isPending={isRefreshing}>
          {t('outage.retryNow')}
        </ActionButton>
      )}
    </div>
  );
}
