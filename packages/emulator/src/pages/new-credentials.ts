import { type Html, html } from './html.ts';

interface Credentials {
  name: string;
  clientId: string;
  clientSecret: string;
}

interface Words {
  created: (app: string) => string;
  secretOnce: string;
}

/** Show what an app was just given. @param names what the persona calls id and secret */
export function newCredentials(
  words: Words,
  { name, clientId, clientSecret }: Credentials,
  names = { id: 'client_id', secret: 'client_secret' },
): Html {
  return html`<section class="card fresh" role="status">
    <h2>${words.created(name)}</h2>
    <p>${words.secretOnce}</p>
    <dl class="facts">
      <div><dt>${names.id}</dt><dd><code>${clientId}</code></dd></div>
      <div><dt>${names.secret}</dt><dd><code class="secret">${clientSecret}</code></dd></div>
    </dl>
  </section>`;
}
