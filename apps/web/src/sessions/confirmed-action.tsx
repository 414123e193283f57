import { Check, type LucideIcon, Undo2 } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ActionButton } from '../button/action-button.tsx';
import type { Look } from '../button/look.ts';
import { useFocusOnArrival } from '../use-focus-on-arrival.ts';
import styles from './confirmed-action.module.css';

/** What a confirmed action takes. */
export interface ConfirmedActionProps {
  look: Look;
  icon: LucideIcon;
  /** What is on the button. */
  label: string;
  /** The same in full, where several buttons have one label. It begins with the label. */
  fullLabel?: string;
  /** Asked before anything is done. */
  question: string;
  yes: string;
  /** Said instead of `yes` while it is being done. */
  pending: string;
  isPending: boolean;
  onConfirm: () => unknown;
}

/** Do what cannot be undone, after a question in the button's own place. */
export function ConfirmedAction(props: ConfirmedActionProps): ReactNode {
  const { look, icon, label, fullLabel } = props;
  const [isAsking, setAsking] = useState(false);
  const hasAsked = useRef(false);
  const ask = () => {
    hasAsked.current = true;
    setAsking(true);
  };
  if (isAsking) return <Question {...props} onCancel={() => setAsking(false)} />;
  return (
    <ActionButton
      look={look}
      icon={icon}
      onPress={ask}
      takesFocus={hasAsked.current}
      {...(fullLabel && { label: fullLabel })}
    >
      {label}
    </ActionButton>
  );
}

function Question(props: ConfirmedActionProps & { onCancel: () => void }): ReactNode {
  const { t } = useTranslation();
  const id = useId();
  const line = useFocusOnArrival<HTMLParagraphElement>(true);
  const { look, question, yes, pending, isPending, onConfirm, onCancel } = props;
  const leave = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && !isPending) onCancel();
  };
  return (
    <fieldset className={styles.question} aria-labelledby={id} onKeyDown={leave}>
      <p ref={line} id={id} className={styles.line} tabIndex={-1}>
        {question}
      </p>
      <div className={styles.answers} data-look={look}>
        <ActionButton look={look} icon={Check} onPress={onConfirm} isPending={isPending}>
          {isPending ? pending : yes}
        </ActionButton>
        {!isPending && (
          <ActionButton look={look} icon={Undo2} onPress={onCancel}>
            {t('sessions.no')}
          </ActionButton>
        )}
      </div>
    </fieldset>
  );
}
