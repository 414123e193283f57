import styles from './look.module.css';

/** How a button, or a link that acts as one, looks. */
export type Look = 'primary' | 'secondary' | 'onFelt';

const LOOKS: Record<Look, string> = {
  primary: `${styles.button} ${styles.primary}`,
  secondary: `${styles.button} ${styles.secondary}`,
  onFelt: `${styles.button} ${styles.onFelt}`,
};

/** Name the classes of a look. @param more further classes */
export function lookOf(look: Look, ...more: (string | undefined)[]): string {
  return [LOOKS[look], ...more].filter(Boolean).join(' ');
}
