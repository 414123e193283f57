import { LoaderCircle, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import styles from './action-button.module.css';
import { type Look, lookOf } from './look.ts';

/** What an action button takes. */
export interface ActionButtonProps {
  look: Look;
  icon: LucideIcon;
  /** The action is on its way: a second press does nothing. */
  isPending?: boolean;
  onPress: () => unknown;
  children: ReactNode;
}

/** Do something, and show that it is being done. The focus stays: a disabled button would lose it. */
export function ActionButton(props: ActionButtonProps): ReactNode {
  const { look, icon, isPending = false, onPress, children } = props;
  const Icon = isPending ? LoaderCircle : icon;
  return (
    <button
      type="button"
      className={lookOf(look)}
      aria-disabled={isPending}
      onClick={() => !isPending && onPress()}
    >
      <Icon aria-hidden size={20} className={isPending ? styles.spinning : undefined} />
      {children}
    </button>
  );
}
