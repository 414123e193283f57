import { useTranslation } from 'react-i18next';
import { FALLBACK_LANGUAGE, isLanguage, type Language } from './languages.ts';
import { switchLanguage } from './start-language.ts';

/** Know the language of the page, and switch it. */
export function useLanguage(): { language: Language; setLanguage: (language: Language) => void } {
  const { i18n } = useTranslation();
  const language = isLanguage(i18n.language) ? i18n.language : FALLBACK_LANGUAGE;
  return { language, setLanguage: (chosen) => void switchLanguage(i18n, chosen) };
}
