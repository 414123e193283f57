import { type Html, html } from '../../../pages/html.ts';
import { FAILED_CAPTCHA } from '../captcha.ts';
import type { Wording } from '../wording/wording.ts';

/** The answers in their order; all but one send what fails. */
const ANSWERS = {
  pot: FAILED_CAPTCHA,
  cup: FAILED_CAPTCHA,
  bicycle: 'bicycle',
  tin: FAILED_CAPTCHA,
};

/** Ask what a robot is thought not to know. It is text and radio buttons, so that everybody can answer. */
export function captchaQuestion(words: Wording['signIn'], isWrong: boolean): Html {
  const answers = Object.entries(ANSWERS).map(
    ([name, value]) => html`<label class="answer">
      <input type="radio" name="captcha" value="${value}" required>
      <span>${words.answers[name as keyof typeof ANSWERS]}</span>
    </label>`,
  );
  return html`<fieldset role="radiogroup" class="captcha" aria-describedby="captcha-hint"${isWrong && html` aria-invalid="true"`}>
    <legend>${words.captcha}</legend>
    <p class="question">${words.question}</p>
    <div class="answers">${answers}</div>
    <p class="hint" id="captcha-hint">${words.captchaHint}</p>
  </fieldset>`;
}
