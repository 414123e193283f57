import type { ReactNode } from 'react';
import styles from './ticket.module.css';

/** Draw a cloakroom ticket: a body and, behind a line of holes, the stub. */
export function Ticket({ children, stub }: { children: ReactNode; stub: ReactNode }): ReactNode {
  return (
    <div className={styles.ticket}>
      <div className={styles.body}>{children}</div>
      <div className={styles.stub}>{stub}</div>
    </div>
  );
}
