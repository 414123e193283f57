import type { ReactNode } from 'react';
import styles from './ticket.module.css';

/** What a ticket takes. */
export interface TicketProps {
  children: ReactNode;
  stub: ReactNode;
  /** Where the stub is. On a phone it is always below. @default 'beside' */
  fold?: 'beside' | 'below';
}

/** Draw a cloakroom ticket: a body and, behind a line of holes, the stub. */
export function Ticket({ children, stub, fold = 'beside' }: TicketProps): ReactNode {
  return (
    <div className={styles.ticket} data-fold={fold}>
      <div className={styles.body}>{children}</div>
      <div className={styles.stub}>{stub}</div>
    </div>
  );
}
