import { LoaderCircle, type LucideIcon } from 'lucide-react';
import type { MouseEvent, ReactNode } from 'react';
import { useFocusOnArrival } from '../use-focus-on-arrival.ts';
import styles from './action-button.module.css';
import { type Look, lookOf } from './look.ts';

/** What an action button takes. */
export interface ActionButtonProps {
  look: Look;
  icon: LucideIcon;
  /** The action is on its way: a second press does nothing. */
  isPending?: boolean;
  /** Absent: it sends the form that it stands in. */
  onPress?: () => unknown;
  /** What it is called, where that is more than what is on it. */
  label?: string;
  /** It appears where somebody has just pressed something else. */
  takesFocus?: boolean;
  children: ReactNode;
}

/** Do something, and show that it is being done. The focus stays: a disabled button would lose it. */
export function ActionButton(props: ActionButtonProps): ReactNode {
  const { look, icon, isPending = false, onPress, label, takesFocus = false, children } = props;
  const button = useFocusOnArrival<HTMLButtonElement>(takesFocus);
  const Icon = isPending ? LoaderCircle : icon;
  const press = (event: MouseEvent) => {
    // A press on Enter in a field of the form comes here as well.
    if (isPending) event.preventDefault();
    else onPress?.();
  };
  return (
    <button
      ref={button}
      aria-label={label}
      type={onPress ? 'button' : 'submit'}
      className={lookOf(look)}
      aria-disabled={isPending}
      onClick={press}
    >
      <Icon aria-hidden size={20} className={isPending ? styles.spinning : undefined} />
      {children}
    </button>
  );
}
