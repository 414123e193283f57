/** The languages of the page, each by its own name. The order is that of the menu. */
export const LANGUAGES = {
  'zh-Hant': '繁體中文',
  'zh-Hans': '简体中文',
  en: 'English',
} as const;

export type Language = keyof typeof LANGUAGES;

export const FALLBACK_LANGUAGE: Language = 'en';

/** Tell whether something names a language of the page. */
export function isLanguage(name: string | number): name is Language {
  return Object.hasOwn(LANGUAGES, name);
}

/**
 * Find the language of the page for a BCP 47 tag. Chinese goes by script, which follows from the region
 * where it is not named: zh-TW, zh-HK and zh-MO are Traditional, zh, zh-CN and zh-SG Simplified.
 */
export function languageOf(tag: string): Language | undefined {
  try {
    const { language, script } = new Intl.Locale(tag).maximize();
    if (language === 'en') return 'en';
    if (language !== 'zh' && language !== 'yue') return undefined;
    return script === 'Hant' ? 'zh-Hant' : 'zh-Hans';
  } catch {
    // A malformed tag, from a cookie that somebody edited: as if there were none.
    return undefined;
  }
}

/** Choose the first language that a reader prefers and the page has. */
export function chooseLanguage(preferred: readonly string[]): Language {
  for (const tag of preferred) {
    const language = languageOf(tag);
    if (language !== undefined) return language;
  }
  return FALLBACK_LANGUAGE;
}
