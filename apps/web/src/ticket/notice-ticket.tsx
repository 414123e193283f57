import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import styles from './notice-ticket.module.css';
import { Stamp } from './stamp.tsx';
import { Ticket } from './ticket.tsx';

/** A screen that says one thing. */
export interface NoticeTicketProps {
  heading: string;
  icon: LucideIcon;
  /** One word on the stub. */
  stamp: string;
  /** `alarm`: something failed. @default 'calm' */
  tone?: 'calm' | 'alarm';
  /** What to know, and what to do next. */
  children: ReactNode;
  actions?: ReactNode;
}

/** Say one thing on a ticket: what happened, what to do next, and the button for it. */
export function NoticeTicket(props: NoticeTicketProps): ReactNode {
  const { heading, icon, stamp, tone = 'calm', children, actions } = props;
  return (
    <Ticket stub={<Stamp icon={icon} word={stamp} />}>
      <div className={styles.notice} data-tone={tone}>
        <h1 tabIndex={-1}>{heading}</h1>
        <div className={styles.text}>{children}</div>
        {actions && <div className={styles.actions}>{actions}</div>}
      </div>
    </Ticket>
  );
}
