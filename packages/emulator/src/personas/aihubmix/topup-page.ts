import type { RequestHandler } from 'express';
import { csrfField } from '../../pages/csrf-field.ts';
import { moment } from '../../pages/day.ts';
import { type Html, html } from '../../pages/html.ts';
import { showSignedIn } from '../../pages/sign-in-flow.ts';
import { type AihubmixPage, openAihubmixPage, type SignedInPage } from './aihubmix-page.ts';
import type { AihubmixProvider } from './aihubmix-provider.ts';
import { balanceOf, UNITS_PER_CREDIT } from './balance.ts';
import { sendGate } from './layout.ts';
import { sendProblem } from './problem-page.ts';
import type { Receipt, Topup } from './topups.ts';

const AMOUNTS = [10, 50, 100, 500];
const USUAL_AMOUNT = 50;

/**
 * `GET /console/topup?ticket=`: the form to pay, or the receipt once it is paid. Without a ticket
 * somebody who is signed in gets one.
 */
export function topupPage(provider: AihubmixProvider): RequestHandler {
  return (req, res) => {
    const page = openAihubmixPage(provider, req, res);
    const ticket = String(req.query.ticket ?? '');
    if (ticket === '') return showSignedIn(page, openTopup);
    const receipt = provider.topups.receipt(ticket);
    if (receipt !== undefined) return sendReceipt(page, receipt);
    const topup = provider.topups.find(ticket, provider.now());
    if (topup === undefined)
      return sendProblem(page, { status: 410, ...page.wording.problems.ticket });
    sendTopup(page, topup);
  };
}

/** `POST /console/topup?ticket=`: take the money, once per ticket. */
export function payTopup(provider: AihubmixProvider): RequestHandler {
  return (req, res) => {
    const ticket = String(req.query.ticket ?? '');
    const topup = provider.topups.find(ticket, provider.now());
    const user = provider.users.find(topup?.username ?? '');
    const amount = AMOUNTS.find((choice) => String(choice) === req.body.amount);
    if (topup !== undefined && user !== undefined && amount !== undefined) {
      provider.topups.pay(topup, amount, provider.now());
      user.quota += amount * UNITS_PER_CREDIT;
    }
    res.redirect(req.originalUrl);
  };
}

function openTopup({ provider, user, res }: SignedInPage): void {
  const { ticket } = provider.topups.open(user.username, provider.now());
  res.redirect(`${provider.basePath}/console/topup?ticket=${ticket}`);
}

function sendTopup(page: AihubmixPage, topup: Topup): void {
  const words = page.wording.topup;
  const body = html`
    <h1>${words.title}</h1>
    ${whoAndHowMuch(page, topup.username)}
    <form method="post" action="${page.req.originalUrl}" class="stack">
      ${csrfField(page)}
      <fieldset class="amounts">
        <legend>${words.amount}</legend>
        ${AMOUNTS.map((amount) => amountChoice(page, amount))}
      </fieldset>
      <p class="bank-card"><span>${words.demoCard}</span><span>•••• •••• •••• 4242</span></p>
      <button class="button primary wide">${words.pay}</button>
      <p class="hint">${words.noMoney}</p>
    </form>`;
  sendGate(page, { title: words.title, body });
}

function sendReceipt(page: AihubmixPage, { username, paid }: Receipt): void {
  const words = page.wording.topup;
  const back =
    page.user &&
    html`<p><a class="button" href="${page.provider.basePath}/account">${words.back}</a></p>`;
  const body = html`
    <p class="done-mark" aria-hidden="true">✓</p>
    <h1>${words.received}</h1>
    ${whoAndHowMuch(page, username)}
    <dl class="facts">
      <div><dt>${words.amountPaid}</dt><dd>${paid.amount.toFixed(2)}</dd></div>
      <div><dt>${words.receipt}</dt><dd>${paid.receipt}</dd></div>
      <div><dt>${words.time}</dt><dd>${moment(paid.at, page.language)}</dd></div>
    </dl>
    <p class="hint">${words.closeWindow}</p>
    ${back}`;
  sendGate(page, { title: words.received, body });
}

function whoAndHowMuch(page: AihubmixPage, username: string): Html {
  const user = page.provider.users.find(username);
  const { topup, account } = page.wording;
  return html`<dl class="facts">
    <div><dt>${topup.account}</dt><dd>${username}</dd></div>
    <div><dt>${account.balance}</dt><dd data-testid="balance">${user && balanceOf(user)}</dd></div>
  </dl>`;
}

function amountChoice(page: AihubmixPage, amount: number): Html {
  return html`<label class="amount">
    <input type="radio" name="amount" value="${amount}"${amount === USUAL_AMOUNT && html` checked`}>
    <span>${amount}<small> ${page.wording.account.credits}</small></span>
  </label>`;
}
