import { lazy, type ReactNode, Suspense } from 'react';
import styles from './language-menu.module.css';
import { LANGUAGES } from './languages.ts';
import { useLanguage } from './use-language.ts';

const LanguageMenu = lazy(async () => ({
  default: (await import('./language-menu.tsx')).LanguageMenu,
}));

/** Fetch the language menu after the page: a third of all its code is in that menu. */
export function LazyLanguageMenu(): ReactNode {
  const { language } = useLanguage();
  return (
    <Suspense fallback={<span className={styles.trigger}>{LANGUAGES[language]}</span>}>
      <LanguageMenu />
    </Suspense>
  );
}
