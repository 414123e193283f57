import type { ReactNode } from 'react';
import styles from './alarm.module.css';

/**
 * Say at once, above the button for it, that what was asked for has not happened.
 * @param props.children nothing, as long as nothing is wrong
 */
export function Alarm({ children }: { children: ReactNode }): ReactNode {
  return <div role="alert">{children && <p className={styles.alarm}>{children}</p>}</div>;
}
