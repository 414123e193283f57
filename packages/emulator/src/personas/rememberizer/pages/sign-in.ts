import type { RequestHandler } from 'express';
import { csrfField } from '../../../pages/csrf-field.ts';
import { type Html, html } from '../../../pages/html.ts';
import { signInPath, signInTarget, waitingRequest } from '../../../pages/sign-in-path.ts';
import { passesCaptcha } from '../captcha.ts';
import {
  type AuthorizationRequest,
  readAuthorizationRequest,
} from '../oauth/authorization-request.ts';
import type { RememberizerProvider } from '../rememberizer-provider.ts';
import { captchaQuestion } from './captcha-question.ts';
import { sendCard } from './frame.ts';
import { openRememberizerPage, type RememberizerPage } from './rememberizer-page.ts';

/** `GET /sign-in`: the form; `demo_user` fills it in for one of the demo users. */
export function signInForm(provider: RememberizerProvider): RequestHandler {
  return (req, res) => {
    const page = openRememberizerPage(provider, req, res);
    if (page.user !== undefined) return res.redirect(signInTarget(page));
    const asked = provider.users.find(String(req.query.demo_user ?? ''));
    const filled = asked?.isDemo ? asked : undefined;
    sendSignIn(page, { login: filled?.username ?? '', password: filled?.password });
  };
}

/** `POST /sign-in`: a new cookie, and back to where it was asked for; or the form again, with 400 or 401. */
export function signInOnPage(provider: RememberizerProvider): RequestHandler {
  return (req, res) => {
    const page = openRememberizerPage(provider, req, res);
    const login = String(req.body.login ?? '');
    if (!passesCaptcha(req.body.captcha)) return sendSignIn(page, { login, mistake: 'robot' });
    const user = provider.signIn(login, String(req.body.password ?? ''));
    if (user === undefined) return sendSignIn(page, { login, mistake: 'wrong' });
    provider.sessions.signIn(res, user.username);
    res.redirect(signInTarget(page));
  };
}

interface Filled {
  login: string;
  password?: string | undefined;
  mistake?: 'wrong' | 'robot';
}

const STATUS = { wrong: 401, robot: 400 };

function sendSignIn(page: RememberizerPage, { login, password, mistake }: Filled): void {
  const words = page.wording.signIn;
  const waiting = requestBehind(page);
  const isWrong = mistake === 'wrong' && html` aria-describedby="mistake" aria-invalid="true"`;
  const body = html`
    <h1>${words.title}</h1>
    <p class="lead">${waiting ? words.toContinue(waiting.app.name) : words.lead}</p>
    ${mistake && html`<p class="alert" role="alert" id="mistake">${words[mistake]}</p>`}
    <form method="post" action="${signInPath(page.provider, signInTarget(page))}" class="stack">
      ${csrfField(page)}
      <label class="field">${words.login}
        <input name="login" autocomplete="username" required autocapitalize="none" spellcheck="false" value="${login}"${isWrong}>
      </label>
      <label class="field">${words.password}
        <input name="password" type="password" autocomplete="current-password" required value="${password}"${isWrong}>
      </label>
      ${captchaQuestion(words, mistake === 'robot')}
      <button class="button primary wide">${words.submit}</button>
    </form>
    ${demoUsers(page)}`;
  sendCard(page, { title: words.title, body, status: mistake ? STATUS[mistake] : 200 });
}

function demoUsers(page: RememberizerPage): Html {
  const { provider, wording } = page;
  const words = wording.signIn;
  const people = provider.users.all().filter(({ isDemo }) => isDemo);
  return html`<section class="slip" aria-labelledby="demo-users">
    <h2 id="demo-users">${words.demoUsers}</h2>
    <ul>${people.map(
      ({ username, password, developer }) => html`<li>
        <span><strong>${username}</strong>${developer && html` <span class="tag">${words.developer}</span>`}<br><code>${password}</code></span>
        <a class="button quiet small" href="${signInPath(provider, signInTarget(page), username)}">${words.fillIn(username)}</a>
      </li>`,
    )}</ul>
  </section>`;
}

/** The authorization request that waits behind this sign-in. */
function requestBehind(page: RememberizerPage): AuthorizationRequest | undefined {
  const params = waitingRequest(page);
  const request = params && readAuthorizationRequest(page.provider, params);
  return request && 'app' in request ? request : undefined;
}
