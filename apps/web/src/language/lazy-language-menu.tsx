import { Languages } from 'lucide-react';
import { lazy, type ReactNode, Suspense } from 'react';
import styles from './language-menu.module.css';
import { LANGUAGES } from './languages.ts';
import { useLanguage } from './use-language.ts';

const LanguageMenu = lazy(() =>
  import('./language-menu.tsx').then(
    (module) => ({ default: module.LanguageMenu }),
    // A page that was open during an update finds the file gone: it stays in its language.
    () => ({ default: LanguageName }),
  ),
);

/** Fetch the language menu after the page: a third of all its code is in that menu. */
export function LazyLanguageMenu(): ReactNode {
  return (
    <Suspense fallback={<LanguageName />}>
      <LanguageMenu />
    </Suspense>
  );
}

function LanguageName(): ReactNode {
  const { language } = useLanguage();
  return (
    <span className={styles.trigger}>
      <Languages aria-hidden size={18} />
      {LANGUAGES[language]}
    </span>
  );
}
