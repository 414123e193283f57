import { LOGIN_ERROR_CODES, PROVIDER_LOGIN_ERROR_CODES } from '@cloakroom/contract/error-codes';
import { describe, expect, test } from 'vitest';
import { en, type Messages } from './en.ts';
import { zhHans } from './zh-hans.ts';
import { zhHant } from './zh-hant.ts';

const LANGUAGES: [string, Messages][] = [
  ['English', en],
  ['繁體中文', zhHant],
  ['简体中文', zhHans],
];

const CODES = [...LOGIN_ERROR_CODES, ...PROVIDER_LOGIN_ERROR_CODES, 'unknown'] as const;

/** Every text by its key, as `login.retry`. */
function textsOf(messages: object, path = ''): [string, string][] {
  return Object.entries(messages).flatMap(([key, value]) =>
    typeof value === 'string' ? [[path + key, value]] : textsOf(value, `${path}${key}.`),
  );
}

function variablesOf(text: string): string[] {
  return [...text.matchAll(/{{(\w+)}}/g)].map(([, name]) => name ?? '').sort();
}

describe.each(LANGUAGES)('%s', (_name, messages) => {
  test.each(CODES)('says of %s what happened and what to do next, a sentence each', (code) => {
    const { what, next } = messages.loginError[code];
    expect(what).toMatch(/\S[.。]$/);
    expect(next).toMatch(/\S[.。]$/);
  });

  test.each(Object.keys(en.failure) as (keyof typeof en.failure)[])(
    'says of a call that failed (%s) what happened and what to do next, a sentence each',
    (text) => {
      const { what, next } = messages.failure[text];
      expect(what).toMatch(/\S[.。]$/);
      expect(next).toMatch(/\S[.。]$/);
    },
  );

  test('has the keys of English, no more', () => {
    expect(textsOf(messages).map(([key]) => key)).toEqual(textsOf(en).map(([key]) => key));
  });

  test('leaves out no variable', () => {
    const english = new Map(textsOf(en));
    for (const [key, text] of textsOf(messages)) {
      expect([key, variablesOf(text)]).toEqual([key, variablesOf(english.get(key) ?? '')]);
    }
  });

  test('has no empty text and no markup', () => {
    for (const [key, text] of textsOf(messages)) {
      expect([key, text.trim()]).not.toEqual([key, '']);
      expect([key, text]).not.toEqual([key, expect.stringMatching(/[<>]/)]);
    }
  });
});

describe('the two Chinese', () => {
  test('Traditional has the words of Taiwan, not of the mainland', () => {
    const text = JSON.stringify(zhHant);
    for (const word of [
      '登錄',
      '賬',
      '郵箱',
      '服務器',
      '瀏覽器標籤',
      '刷新',
      '用戶名',
      '默認',
      '信息',
      '網絡',
    ]) {
      expect(text).not.toContain(word);
    }
  });

  test('Simplified has no character of Traditional', () => {
    expect(JSON.stringify(zhHans)).not.toMatch(/[個們這開關號碼錄戶權讀寫網頁請點]/);
  });

  test('punctuation between Chinese is full width', () => {
    for (const [key, text] of [...textsOf(zhHant), ...textsOf(zhHans)]) {
      expect([key, text]).not.toEqual([key, expect.stringMatching(/\p{Script=Han}[,.?!:;]/u)]);
    }
  });
});
