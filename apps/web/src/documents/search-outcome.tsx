import type { ApiError } from '@cloakroom/react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureLine } from '../failure/failure-line.tsx';
import { useFormat } from '../language/use-format.ts';
import type { FoundChunk } from './search-answer.ts';
import styles from './search-outcome.module.css';
import { chunksOf, type DocumentSearch } from './use-document-search.ts';

/** What a search outcome takes. */
export interface SearchOutcomeProps {
  search: DocumentSearch;
  /** The provider's name for people. */
  provider: string;
}

/** Show what came of a search, and say it to those who cannot see it. */
export function SearchOutcome({ search, provider }: SearchOutcomeProps): ReactNode {
  const chunks = chunksOf(search);
  return (
    <div className={styles.outcome}>
      <p role="status" className={styles.note}>
        <Summary search={search} />
      </p>
      {search.status === 'failed' && <Failed error={search.error} provider={provider} />}
      {chunks.length > 0 && (
        <ol className={styles.list} data-stale={search.status === 'searching'}>
          {chunks.map((chunk, index) => (
            <Chunk key={index} chunk={chunk} />
          ))}
        </ol>
      )}
    </div>
  );
}

function Summary({ search }: { search: DocumentSearch }): ReactNode {
  const { t } = useTranslation();
  switch (search.status) {
    case 'idle':
      return t('documents.idle');
    case 'searching':
      return t('documents.pending');
    case 'failed':
      return null;
    case 'found': {
      const { query, chunks } = search;
      return chunks.length > 0 ? t('documents.found', { query }) : t('documents.none', { query });
    }
  }
}

function Chunk({ chunk }: { chunk: FoundChunk }): ReactNode {
  const { t } = useTranslation();
  const { count } = useFormat();
  const { document, content, distance } = chunk;
  return (
    <li className={styles.chunk}>
      <p className={styles.document}>
        <b>{document ?? t('documents.unnamed')}</b>
        {distance !== undefined && (
          <small className={styles.distance}>
            {t('documents.distance', { distance: count(distance) })}
          </small>
        )}
      </p>
      <p className={styles.content}>{content}</p>
    </li>
  );
}

function Failed({ error, provider }: { error: ApiError; provider: string }): ReactNode {
  const { t } = useTranslation();
  const hints = {
    forbidden: {
      what: t('documents.forbidden.what', { provider }),
      next: t('documents.forbidden.next', { provider }),
    },
    rejected: {
      what: t('documents.rejected.what', { provider }),
      next: t('documents.rejected.next'),
    },
  };
  return <FailureLine error={error} provider={provider} hints={hints} />;
}
