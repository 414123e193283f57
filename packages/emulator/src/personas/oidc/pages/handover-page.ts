import type { KoaContextWithOIDC } from 'oidc-provider';
import { html } from '../../../pages/html.ts';
import type { Issuer } from '../issuer.ts';
import { openPageWithin, sendPageWithin } from './oidc-page.ts';

const ACTION = /<form method="post" action="([^"]*)"/;
const FIELD = /<input type="hidden" name="([^"]*)" value="([^"]*)"/g;

/**
 * Put a page of ours around a form of the library that submits itself: of an answer in
 * `response_mode=form_post`, and of the sign-out that comes before another account signs in.
 */
export function showHandover(issuer: Issuer, ctx: KoaContextWithOIDC, markup: string): void {
  const page = openPageWithin(issuer, ctx);
  const words = page.wording.handover;
  const action = asText(ACTION.exec(markup)?.[1] ?? '');
  const fields = [...markup.matchAll(FIELD)].map(
    ([, name, value = '']) => html`<input type="hidden" name="${name}" value="${asText(value)}">`,
  );
  const body = html`
    <p class="wait-mark" aria-hidden="true"></p>
    <h1>${words.title}</h1>
    <p class="lead">${words.lead}</p>
    <form method="post" action="${action}" class="stack">
      ${fields}
      <button class="button primary">${words.submit}</button>
    </form>`;
  sendPageWithin(ctx, page, {
    title: words.title,
    body,
    status: ctx.status,
    formTarget: new URL(wayOut(ctx) ?? action).origin,
    script: true,
  });
}

/** Where the way ends that leads over this form. */
function wayOut({ oidc }: KoaContextWithOIDC): string | undefined {
  const uri = (oidc.params ?? oidc.entities.Interaction?.params)?.redirect_uri;
  return typeof uri === 'string' ? uri : undefined;
}

function asText(escaped: string): string {
  return escaped
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}
