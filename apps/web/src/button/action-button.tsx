import { LoaderCircle, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import styles from './action-button.module.css';
import { type Look, lookOf } from './look.ts';

/** What an action button takes. */
export interface ActionButtonProps {
  look: Look;
  icon: LucideIcon;
  /** The action is on its way: the button keeps the focus, and a second press does nothing. */
  isPending?: boolean;
  onPress: () => unknown;
  className?: string | undefined;
  children: ReactNode;
}

/** Do something, and show that it is being done. */
export function ActionButton(props: ActionButtonProps): ReactNode {
  const { look, icon, isPending = false, onPress, className, children } = props;
  const Icon = isPending ? LoaderCircle : icon;
  return (
    <Button className={lookOf(look, className)} isPending={isPending} onPress={() => onPress()}>
      <Icon aria-hidden size={20} className={isPending ? styles.spinning : undefined} />
      {children}
    </Button>
  );
}
