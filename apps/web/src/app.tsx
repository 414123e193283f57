import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './app.module.css';
import { Brand } from './brand.tsx';
import { LazyLanguageMenu } from './language/lazy-language-menu.tsx';
import { placeOf } from './navigation/place.ts';
import { usePath } from './navigation/use-path.ts';
import { HomeScreen } from './screens/home-screen.tsx';
import { NoSuchPage } from './screens/no-such-page.tsx';

/** The page: a bar with the brand and the languages, and one screen. */
export function App(): ReactNode {
  const { t } = useTranslation();
  const place = placeOf(usePath());
  return (
    <div className={styles.page}>
      <a className={styles.skip} href="#content">
        {t('skip')}
      </a>
      <header className={styles.bar}>
        <Brand />
        <LazyLanguageMenu />
      </header>
      <main id="content" className={styles.content} tabIndex={-1}>
        {place ? <HomeScreen place={place} /> : <NoSuchPage />}
      </main>
      <footer className={styles.footer}>{t('tagline')}</footer>
    </div>
  );
}
