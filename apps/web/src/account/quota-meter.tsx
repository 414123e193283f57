import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../language/use-format.ts';
import { isMeterable, type Quota } from './quota.ts';
import styles from './quota-meter.module.css';

/** Show how much of a quota is used, where both numbers are given and make sense together. */
export function QuotaMeter(quota: Quota): ReactNode {
  const { t } = useTranslation();
  const { count } = useFormat();
  if (!isMeterable(quota)) return null;
  const text = t('account.quotaOf', { used: count(quota.used), total: count(quota.quota) });
  return (
    <div className={styles.meter}>
      <span id="quota">{t('account.quota')}</span>
      <span className={styles.value}>{text}</span>
      <meter
        className="visually-hidden"
        aria-labelledby="quota"
        aria-valuetext={text}
        max={quota.quota}
        value={quota.used}
      />
      {/* Browsers draw the parts of a meter each in their own way: this is what is seen of it. */}
      <span className={styles.bar} aria-hidden="true">
        <span style={{ inlineSize: `${(100 * quota.used) / quota.quota}%` }} />
      </span>
    </div>
  );
}
