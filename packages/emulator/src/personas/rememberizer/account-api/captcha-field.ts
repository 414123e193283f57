import { required } from '../api/read-body.ts';
import { passesCaptcha } from '../captcha.ts';

/** The captcha's token of a body: it must be there, and must have been solved. */
export function captchaField() {
  return required().refine(passesCaptcha, 'The captcha was not solved.');
}
