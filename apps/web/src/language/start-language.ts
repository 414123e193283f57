import { createInstance, type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { keepPreference, readPreference } from '../preference-cookie.ts';
import { en } from './en.ts';
import { chooseLanguage, FALLBACK_LANGUAGE, type Language } from './languages.ts';
import { zhHans } from './zh-hans.ts';
import { zhHant } from './zh-hant.ts';

const COOKIE = 'cloakroom-lang';

/**
 * Start the page in the reader's language: the one chosen earlier, else the first that the browser
 * prefers. `<html lang>` follows.
 */
export function startLanguage(): i18n {
  const instance = createInstance();
  instance.on('languageChanged', (language) => {
    document.documentElement.lang = language;
  });
  const chosen = readPreference(COOKIE, document.cookie);
  void instance.use(initReactI18next).init({
    resources: {
      en: { translation: en },
      'zh-Hans': { translation: zhHans },
      'zh-Hant': { translation: zhHant },
    },
    lng: chooseLanguage([...(chosen ? [chosen] : []), ...navigator.languages]),
    fallbackLng: FALLBACK_LANGUAGE,
    load: 'currentOnly',
    initAsync: false,
    // React escapes.
    interpolation: { escapeValue: false },
  });
  return instance;
}

/** Switch the page to a language, and keep the choice. */
export async function switchLanguage(instance: i18n, language: Language): Promise<void> {
  keepPreference(COOKIE, language);
  await instance.changeLanguage(language);
}
