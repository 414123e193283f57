import type { RequestHandler } from 'express';
import { day } from '../../pages/day.ts';
import { html } from '../../pages/html.ts';
import { wholeNumber } from '../../pages/whole-number.ts';
import { forSignedIn } from './aihubmix-page.ts';
import type { AihubmixProvider } from './aihubmix-provider.ts';
import { balanceOf } from './balance.ts';
import { sendConsole } from './layout.ts';

/** `GET /account`: the balance, how much is used, and who this is. */
export function account(provider: AihubmixProvider): RequestHandler {
  return forSignedIn(provider, (page) => {
    const { user, language } = page;
    const words = page.wording.account;
    const body = html`
      <h1>${words.hello(user.username)}</h1>
      <div class="columns">
        <section class="card balance" aria-labelledby="balance">
          <h2 id="balance">${words.balance}</h2>
          <p class="figure"><span data-testid="balance">${balanceOf(user)}</span> <small>${words.credits}</small></p>
          <label class="usage">${words.used(wholeNumber(user.used_quota, language), wholeNumber(user.quota, language))}
            <progress max="${Math.max(user.quota, 1)}" value="${user.used_quota}"></progress>
          </label>
          <a class="button primary" href="${provider.basePath}/console/topup">${page.wording.topup.title}</a>
        </section>
        <section class="card" aria-labelledby="profile">
          <h2 id="profile">${words.profile}</h2>
          <dl class="facts">
            <div><dt>${words.username}</dt><dd>${user.username}</dd></div>
            <div><dt>${words.email}</dt><dd>${user.email}</dd></div>
            <div><dt>${words.id}</dt><dd>${user.id}</dd></div>
            <div><dt>${words.since}</dt><dd>${day(user.created_time * 1000, language)}</dd></div>
            <div><dt>${words.status}</dt><dd><span class="tag">${user.status === 1 ? words.active : words.inactive}</span></dd></div>
          </dl>
        </section>
      </div>`;
    sendConsole(page, { title: words.title, body });
  });
}
