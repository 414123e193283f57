import { useCheckSession } from '@cloakroom/react';
import { RotateCw } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ActionButton } from './button/action-button.tsx';
import { useFormat } from './language/use-format.ts';
import styles from './retry-line.module.css';
import { useFocusOnLeaving } from './use-focus-on-leaving.ts';
import { useSecondsUntil } from './use-seconds-until.ts';

/** What a retry line takes. */
export interface RetryLineProps {
  /** When the next try comes by itself (milliseconds since 1970). */
  retryAt: number;
  /** Try now. @default asks who is here */
  retry?: () => Promise<unknown>;
}

/** Count down to the next try, and let nobody wait for it who does not want to. */
export function RetryLine({ retryAt, retry }: RetryLineProps): ReactNode {
  const { t } = useTranslation();
  const { wait } = useFormat();
  const check = useCheckSession();
  const seconds = useSecondsUntil(retryAt);
  const line = useFocusOnLeaving<HTMLDivElement>();
  const [isTrying, setTrying] = useState(false);
  const tryNow = async () => {
    setTrying(true);
    await (retry ?? check)();
    setTrying(false);
  };
  return (
    <div ref={line} className={styles.line}>
      <ActionButton look="secondary" icon={RotateCw} onPress={tryNow} isPending={isTrying}>
        {t('outage.retryNow')}
      </ActionButton>
      {/* A timer is not read out at every tick. */}
      <span role="timer" className={styles.countdown}>
        {seconds > 0 ? t('outage.retryIn', { when: wait(seconds) }) : t('outage.retrying')}
      </span>
    </div>
  );
}
