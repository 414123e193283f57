import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './brand.module.css';

/** The name and the mark, leading home. */
export function Brand(): ReactNode {
  const { t } = useTranslation();
  return (
    <a className={styles.brand} href="/">
      <svg className={styles.mark} viewBox="0 0 32 32" aria-hidden="true">
        <path
          className={styles.ticket}
          d="M3 8a3 3 0 0 1 3-3h20a3 3 0 0 1 3 3v4.5a3.5 3.5 0 0 0 0 7V24a3 3 0 0 1-3 3H6a3 3 0 0 1-3-3v-4.5a3.5 3.5 0 0 0 0-7z"
        />
        <path
          className={styles.hanger}
          d="M13.5 11.5a2.5 2.5 0 1 1 3.6 2.2c-.7.4-1.1.9-1.1 1.6l7 4.7c.9.6.5 2-.6 2H9.6c-1.1 0-1.5-1.400-.6-2l7-4.7"
        />
      </svg>
      {t('brand')}
    </a>
  );
}
