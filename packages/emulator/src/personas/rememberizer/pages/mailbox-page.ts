import type { RequestHandler } from 'express';
import { moment } from '../../../pages/day.ts';
import { type Html, html } from '../../../pages/html.ts';
import type { VerificationMail } from '../mailbox.ts';
import type { RememberizerProvider } from '../rememberizer-provider.ts';
import { sendCard } from './frame.ts';
import { openRememberizerPage, type RememberizerPage } from './rememberizer-page.ts';

const SENDER = 'no-reply@memory-demo.example';

/** `GET /mailbox`: the mails that would have been sent, to whoever looks: their readers have no other mailbox. */
export function mailboxPage(provider: RememberizerProvider): RequestHandler {
  return (req, res) => {
    const page = openRememberizerPage(provider, req, res);
    const words = page.wording.mailbox;
    const mails = provider.mailbox.all();
    const body = html`
      <h1>${words.title}</h1>
      <p class="lead">${words.lead}</p>
      ${mails.length > 0 ? html`<ul class="mails">${mails.map((mail) => letter(page, mail))}</ul>` : html`<p class="empty">${words.none}</p>`}`;
    sendCard(page, { title: words.title, body });
  };
}

function letter(page: RememberizerPage, mail: VerificationMail): Html {
  const words = page.wording.mailbox;
  const { language } = page;
  return html`<li class="mail">
    <h2>${words.subject(mail.code)}</h2>
    <dl class="facts">
      <div><dt>${words.from}</dt><dd>${page.wording.frame.brand} &lt;${SENDER}&gt;</dd></div>
      <div><dt>${words.to}</dt><dd>${mail.to}</dd></div>
      <div><dt>${words.sent}</dt><dd>${moment(mail.sent, language)}</dd></div>
    </dl>
    <p>${words.hello(mail.name)}</p>
    <p>${words.text}</p>
    <p class="code">${mail.code}</p>
    <p class="hint">${mail.used ? words.used : words.until(moment(mail.expires, language))}</p>
  </li>`;
}
