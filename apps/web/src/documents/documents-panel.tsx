import { FileSearch } from 'lucide-react';
import type { FormEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ActionButton } from '../button/action-button.tsx';
import { readField } from '../form/read-field.ts';
import { TextField } from '../form/text-field.tsx';
import styles from './documents-panel.module.css';
import { SearchOutcome } from './search-outcome.tsx';
import { useDocumentSearch } from './use-document-search.ts';

/** Search somebody's documents at the provider, through the BFF: no token of it is ever on this page. */
export function DocumentsPanel({ provider }: { provider: string }): ReactNode {
  const { t } = useTranslation();
  const { search, start } = useDocumentSearch();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    void start(readField(event.currentTarget, 'query'));
  };
  return (
    <section className={styles.panel} aria-labelledby="documents">
      <div className={styles.intro}>
        <h2 id="documents" className={styles.heading}>
          <FileSearch aria-hidden size={24} strokeWidth={1.5} />
          {t('documents.heading')}
        </h2>
        <p className={styles.note}>{t('documents.note', { provider })}</p>
      </div>
      <search>
        <form className={styles.form} onSubmit={submit}>
          <TextField
            name="query"
            type="search"
            label={t('documents.query')}
            autoComplete="off"
            enterKeyHint="search"
            maxLength={300}
          />
          <ActionButton
            look="secondary"
            icon={FileSearch}
            isPending={search.status === 'searching'}
          >
            {t('documents.submit')}
          </ActionButton>
        </form>
      </search>
      <SearchOutcome search={search} provider={provider} />
    </section>
  );
}
