import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { en } from './language/en.ts';

/** A screen of the page, by the key of its title. */
export type ScreenName = keyof typeof en.title;

/**
 * Say which screen is shown: the title of the document follows, and where one screen replaces another
 * the focus moves to its heading, so that nobody is left on a button that is gone. The first screen
 * after loading takes no focus: nobody has left anything yet.
 */
export function useScreen(screen: ScreenName): void {
  const { t } = useTranslation();
  const before = useRef<ScreenName>(screen);
  useEffect(() => {
    document.title = `${t(`title.${screen}`)} – ${t('brand')}`;
  }, [screen, t]);
  useEffect(() => {
    const replaced = before.current !== screen && before.current !== 'checking';
    before.current = screen;
    if (replaced) document.querySelector('h1')?.focus();
  }, [screen]);
}
