import type { Response } from 'express';

/** What went wrong, as far as the answers tell: HTTP stays 200, `ec` is anything but 200. */
const FAILURES = {
  incomplete: { ec: 400001, em: '参数不完整' },
  grantType: { ec: 400, em: '不支持的 grant_type' },
  client: { ec: 400, em: 'client_id 或 client_secret 错误' },
  code: { ec: 400, em: 'code 无效' },
  redirectUri: { ec: 400, em: 'redirect_uri 不一致' },
  user: { ec: 404, em: '用户不存在' },
} as const;

export type Failure = keyof typeof FAILURES;

/** Answer with data: `ec` 200. */
export function succeed(res: Response, data: object, em = 'ok'): void {
  res.json({ ec: 200, em, data });
}

/**
 * Answer that it did not work, with HTTP 200 all the same.
 * @param error for the developer, at `data.error` where some published clients look for it
 */
export function fail(res: Response, failure: Failure, error: string): void {
  res.json({ ...FAILURES[failure], data: { error } });
}
