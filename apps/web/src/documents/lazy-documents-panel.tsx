import { lazy, type ReactNode, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './documents-panel.module.css';

const DocumentsPanel = lazy(() =>
  import('./documents-panel.tsx').then(
    (module) => ({ default: module.DocumentsPanel }),
    // A page that was open during an update finds the file gone.
    () => ({ default: MissingPanel }),
  ),
);

/** Fetch the panel where somebody has documents: most pages never show it. */
export function LazyDocumentsPanel({ provider }: { provider: string }): ReactNode {
  return (
    <Suspense fallback={<div className={styles.panel} aria-hidden />}>
      <DocumentsPanel provider={provider} />
    </Suspense>
  );
}

function MissingPanel(): ReactNode {
  const { t } = useTranslation();
  return (
    <section className={styles.panel}>
      <p className={styles.note}>{t('documents.missing')}</p>
    </section>
  );
}
