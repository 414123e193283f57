import type { ApiError } from '@cloakroom/react';
import { CircleAlert } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../language/use-format.ts';
import { useFocusOnArrival } from '../use-focus-on-arrival.ts';
import { useSecondsUntil } from '../use-seconds-until.ts';
import styles from './failure-line.module.css';
import { FAILURE_TEXTS, type FailureText } from './failure-text.ts';

/** What happened and what to do next, where that can be said better than in general. */
export type FailureHints = Partial<Record<FailureText, { what: string; next: string }>>;

/** What a failure line takes. */
export interface FailureLineProps {
  error: ApiError;
  /** The provider's name for people. */
  provider: string;
  hints?: FailureHints;
}

/**
 * Say why something did not work that somebody has just asked for, and what to do next. It takes the
 * focus, so that it is read out and its place on the page is seen.
 */
export function FailureLine({ error, provider, hints = {} }: FailureLineProps): ReactNode {
  const { t } = useTranslation();
  const line = useFocusOnArrival<HTMLParagraphElement>(true);
  const text = FAILURE_TEXTS[error.code];
  const { what, next } = hints[text] ?? {
    what: t(`failure.${text}.what`, { provider }),
    next: t(`failure.${text}.next`, { provider }),
  };
  return (
    <p ref={line} className={styles.line} tabIndex={-1}>
      <CircleAlert aria-hidden size={20} />
      <span>
        <b>{what}</b> {error.retryAfter === undefined ? next : <Wait seconds={error.retryAfter} />}
        {text === 'general' && error.requestId && (
          <small className={styles.reference}>
            {t('failed.reference', { id: error.requestId })}
          </small>
        )}
      </span>
    </p>
  );
}

/** Count down to when it may be tried again. */
function Wait({ seconds }: { seconds: number }): ReactNode {
  const { t } = useTranslation();
  const { wait } = useFormat();
  const [until] = useState(() => Date.now() + seconds * 1000);
  const left = useSecondsUntil(until);
  return (
    <span role="timer" className={styles.wait}>
      {left > 0 ? t('failed.until', { when: wait(left) }) : t('failed.over')}
    </span>
  );
}
