import type { ReactNode } from 'react';
import { Label } from 'react-aria-components/Label';
import { Meter } from 'react-aria-components/Meter';
import { useTranslation } from 'react-i18next';
import { useTimeFormat } from '../language/use-time-format.ts';
import { isMeterable, type Quota } from './quota.ts';
import styles from './quota-meter.module.css';

/** Show how much of a quota is used, where both numbers are given and make sense together. */
export function QuotaMeter(quota: Quota): ReactNode {
  const { t } = useTranslation();
  const { count } = useTimeFormat();
  if (!isMeterable(quota)) return null;
  const text = t('account.quotaOf', { used: count(quota.used), total: count(quota.quota) });
  return (
    <Meter
      className={`${styles.meter}`}
      value={quota.used}
      maxValue={quota.quota}
      valueLabel={text}
    >
      {({ percentage }) => (
        <>
          <Label className={`${styles.label}`}>{t('account.quota')}</Label>
          <span className={styles.value}>{text}</span>
          <span className={styles.bar}>
            <span className={styles.fill} style={{ width: `${percentage}%` }} />
          </span>
        </>
      )}
    </Meter>
  );
}
