import { CircleCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import { useFocusOnArrival } from '../use-focus-on-arrival.ts';
import styles from './done.module.css';

/** Say that what somebody asked for is done. It takes the focus: what they pressed is gone. */
export function Done({ children }: { children: ReactNode }): ReactNode {
  const line = useFocusOnArrival<HTMLParagraphElement>(true);
  return (
    <p ref={line} className={styles.done} tabIndex={-1}>
      <CircleCheck aria-hidden size={20} />
      <span>{children}</span>
    </p>
  );
}
