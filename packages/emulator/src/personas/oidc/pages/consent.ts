import { csrfField } from '../../../pages/csrf-field.ts';
import { type Html, html } from '../../../pages/html.ts';
import type { OidcUser } from '../oidc-user.ts';
import { bond } from './bond.ts';
import type { Stop } from './interaction.ts';
import { sendPage } from './oidc-page.ts';
import { person } from './people.ts';

/** The scopes that somebody is asked about; what is unknown has no meaning here. */
const SCOPES = ['openid', 'profile', 'email', 'offline_access'] as const;

type Scope = (typeof SCOPES)[number];

/** Ask the user: which app, what it learns, where the answer goes. */
export function showConsent(stop: Stop): void {
  const { page, app, user, path, formTarget } = stop;
  const words = page.wording.consent;
  const asked = SCOPES.filter((scope) => stop.scopes.includes(scope));
  const body = html`
    ${bond(page, app)}
    <h1>${words.title(app.name)}</h1>
    ${user && person(user)}
    <p class="lead">${words.lead}</p>
    <ul class="scopes">${asked.map((scope) => scopeItem(stop, scope))}</ul>
    <form method="post" action="${path}/consent" class="choices">
      ${csrfField(page)}
      <button class="button primary">${words.allow}</button>
      <button class="button" formaction="${path}/cancel">${words.deny}</button>
    </form>
    <p class="hint">${words.afterwards(new URL(formTarget).host)}</p>
    <p class="aside"><a href="${path}/sign-in">${words.otherAccount}</a></p>`;
  sendPage(page, { title: words.title(app.name), body, formTarget });
}

/** Take the consent, and remember it. */
export async function agree(stop: Stop): Promise<void> {
  const { page, interaction, app, user } = stop;
  const issuer = page.provider;
  const { Grant } = await issuer.provider();
  const accountId = user?.sub ?? '';
  const grant =
    (await Grant.find(interaction.grantId ?? '')) ??
    new Grant({ accountId, clientId: app.clientId });
  grant.addOIDCScope(stop.scopes);
  const grantId = await grant.save();
  issuer.consents.remember(accountId, app.clientId, stop.scopes);
  await stop.finish({ consent: { grantId } });
}

/** Go back without an answer: the user said no. */
export function cancel(stop: Stop): Promise<void> {
  return stop.finish({ error: 'access_denied', error_description: 'the user said no' });
}

function scopeItem({ page, user }: Stop, scope: Scope): Html {
  const { name, detail } = page.wording.consent.scopes[scope];
  return html`<li><strong>${name}</strong><span>${(user && shownBy(user, scope)) ?? detail}</span></li>`;
}

/** What an app learns by a scope, as far as it can be shown. */
function shownBy(user: OidcUser, scope: Scope): string | undefined {
  if (scope === 'email') return user.email;
  return scope === 'profile' ? (user.name ?? user.username) : undefined;
}
