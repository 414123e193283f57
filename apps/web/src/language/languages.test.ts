import { describe, expect, test } from 'vitest';
import { chooseLanguage, languageOf } from './languages.ts';

describe('the language of a tag', () => {
  test.each([
    ['zh-TW', 'zh-Hant'],
    ['zh-HK', 'zh-Hant'],
    ['zh-MO', 'zh-Hant'],
    ['zh-Hant', 'zh-Hant'],
    ['zh-Hant-CN', 'zh-Hant'],
    ['yue-HK', 'zh-Hant'],
    ['zh', 'zh-Hans'],
    ['zh-CN', 'zh-Hans'],
    ['zh-SG', 'zh-Hans'],
    ['zh-Hans-HK', 'zh-Hans'],
    ['ZH-tw', 'zh-Hant'],
    ['en', 'en'],
    ['en-GB', 'en'],
  ])('%s is %s', (tag, language) => {
    expect(languageOf(tag)).toBe(language);
  });

  test.each(['fr', 'ja', 'ja-JP', '', 'zh_TW', '*', '<script>'])('%j is none of ours', (tag) => {
    expect(languageOf(tag)).toBeUndefined();
  });
});

describe('the choice', () => {
  test('is the first preference that the page has', () => {
    expect(chooseLanguage(['ja-JP', 'zh-TW', 'en'])).toBe('zh-Hant');
    expect(chooseLanguage(['en-US', 'zh-TW'])).toBe('en');
  });

  test('is English for everybody else', () => {
    expect(chooseLanguage([])).toBe('en');
    expect(chooseLanguage(['fr', 'nonsense!'])).toBe('en');
  });
});
