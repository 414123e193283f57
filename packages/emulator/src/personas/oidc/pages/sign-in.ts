import { credentialsForm, type Filled } from '../../../pages/credentials-form.ts';
import { csrfField } from '../../../pages/csrf-field.ts';
import { type Html, html } from '../../../pages/html.ts';
import { bond } from './bond.ts';
import type { Stop } from './interaction.ts';
import { sendPage } from './oidc-page.ts';

/** Show the form; `demo_user` fills it in for one of the demo users, a `login_hint` their name. */
export function showSignIn(stop: Stop): void {
  const { page, interaction } = stop;
  const filled = page.provider.users.find(String(page.req.query.demo_user ?? ''));
  const { login_hint: hint } = interaction.params;
  const hinted = typeof hint === 'string' ? { username: hint } : {};
  sendSignIn(stop, filled ?? hinted);
}

/** Take the form: on with who it is, or the form again, with 401. */
export async function signIn(stop: Stop): Promise<void> {
  const { req, provider: issuer } = stop.page;
  const username = String(req.body.username ?? '');
  const user = issuer.users.signIn(username, String(req.body.password ?? ''));
  if (user === undefined) return sendSignIn(stop, { username, wrong: true });
  await stop.finish({ login: { accountId: user.sub, amr: ['pwd'] } });
}

function sendSignIn(stop: Stop, filled: Filled): void {
  const { page, app, path, formTarget } = stop;
  const words = page.wording.signIn;
  const isAgain = stop.user !== undefined && stop.interaction.prompt.name === 'login';
  const body = html`
    ${bond(page, app)}
    <h1>${words.title}</h1>
    <p class="lead">${isAgain ? words.again(app.name) : words.toContinue(app.name)}</p>
    ${credentialsForm(page, { words, action: `${path}/sign-in`, filled })}
    <form method="post" action="${path}/cancel" class="aside">
      ${csrfField(page)}
      <button class="link">${words.cancel(app.name)}</button>
    </form>
    ${demoUsers(stop)}`;
  sendPage(page, { title: words.title, body, status: filled.wrong ? 401 : 200, formTarget });
}

function demoUsers({ page, path }: Stop): Html {
  const words = page.wording.signIn;
  return html`<section class="demo-users" aria-labelledby="demo-users">
    <h2 id="demo-users">${words.demoUsers}</h2>
    <ul>${page.provider.users.all().map((user) => {
      const filling = `${path}/sign-in?${new URLSearchParams({ demo_user: user.username })}`;
      return html`<li>
        <span><strong>${user.username}</strong><br><code>${user.password}</code></span>
        <a class="button small" href="${filling}">${words.fillIn(user.username)}</a>
      </li>`;
    })}</ul>
  </section>`;
}
