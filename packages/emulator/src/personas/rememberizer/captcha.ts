/** What the wrong answers of the sign-in page send. */
export const FAILED_CAPTCHA = 'fail';

/**
 * Say whether a captcha was solved. There is nobody to ask whether a token is real, so every value
 * counts but an empty one and `fail`.
 */
export function passesCaptcha(token: unknown): boolean {
  return typeof token === 'string' && token.trim() !== '' && token !== FAILED_CAPTCHA;
}
