import type { Request, Response } from 'express';
import { cookie } from './cookie.ts';

/** The languages of the pages, as BCP 47 tags, with their own names. */
export const LANGUAGES = { 'zh-Hant': '繁體中文', 'zh-Hans': '简体中文', en: 'English' } as const;

export type Language = keyof typeof LANGUAGES;

const COOKIE = 'demo_language';
const TRADITIONAL = /^zh-(hant|tw|hk|mo)\b/i;

/**
 * Choose the language of a page: `?lang=`, which is remembered, then the cookie, then
 * Accept-Language; the site's usual one for anybody else.
 */
export function chooseLanguage(
  req: Request,
  res: Response,
  site: { basePath: string; usualLanguage?: Language | undefined },
): Language {
  const asked = req.query.lang;
  if (isLanguage(asked)) {
    res.cookie(COOKIE, asked, { httpOnly: true, sameSite: 'lax', path: site.basePath });
    return asked;
  }
  const remembered = cookie(req, COOKIE);
  return isLanguage(remembered) ? remembered : (accepted(req) ?? site.usualLanguage ?? 'en');
}

function accepted(req: Request): Language | undefined {
  for (const tag of req.acceptsLanguages()) {
    if (TRADITIONAL.test(tag)) return 'zh-Hant';
    if (/^zh\b/i.test(tag)) return 'zh-Hans';
    if (/^en\b/i.test(tag)) return 'en';
  }
  return undefined;
}

function isLanguage(tag: unknown): tag is Language {
  return typeof tag === 'string' && Object.hasOwn(LANGUAGES, tag);
}
