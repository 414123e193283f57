import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import styles from './stamp.module.css';

/** Stamp a stub: what became of the ticket, in one word. The heading beside it says the same in full. */
export function Stamp({ icon: Icon, word }: { icon: LucideIcon; word: string }): ReactNode {
  return (
    <div className={styles.stamp} aria-hidden>
      <Icon size={40} strokeWidth={1.5} />
      <span className={styles.word}>{word}</span>
    </div>
  );
}
