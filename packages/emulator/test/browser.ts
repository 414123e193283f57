interface Cookie {
  name: string;
  value: string;
  path: string;
}

/** A person's browser, as far as these pages need one: cookies, redirects within the site, forms. */
export class Browser {
  readonly #headers: Record<string, string>;
  readonly #cookies = new Map<string, Cookie>();

  constructor(headers: Record<string, string> = {}) {
    this.#headers = { Accept: 'text/html', 'Accept-Language': 'en', ...headers };
  }

  /** Request one address, and follow nothing. */
  async request(url: string, init: RequestInit = {}): Promise<Response> {
    const { pathname } = new URL(url);
    const cookie = [...this.#cookies.values()]
      .filter(({ path }) => `${pathname}/`.startsWith(path === '/' ? '/' : `${path}/`))
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ');
    const headers = { ...this.#headers, ...(cookie && { cookie }), ...init.headers };
    const response = await fetch(url, { ...init, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) this.#keep(line);
    return response;
  }

  #keep(line: string): void {
    const [, name = '', value = ''] = /^([^=]*)=([^;]*)/.exec(line) ?? [];
    const path = /; *path=([^;]*)/i.exec(line)?.[1] ?? '/';
    if (/; *(expires=Thu, 01 Jan 1970|max-age=0\b)/i.test(line)) this.#cookies.delete(name + path);
    else this.#cookies.set(name + path, { name, value, path });
  }

  /** Open an address: follow redirects as long as they stay on the site. */
  async open(url: string, init: RequestInit = {}): Promise<Shown> {
    const response = await this.request(url, init);
    const location = response.headers.get('location');
    const target = location === null ? null : new URL(location, url);
    if (target === null) return new Shown(this, url, response, await response.text());
    if (target.origin === new URL(url).origin) return this.open(target.href);
    return new Shown(this, target.href, response, '');
  }
}

/** What a browser shows: a page of the site, or that it was sent away to `url`. */
export class Shown {
  readonly url: string;
  readonly response: Response;
  readonly html: string;
  readonly #browser: Browser;

  constructor(browser: Browser, url: string, response: Response, html: string) {
    this.#browser = browser;
    this.url = url;
    this.response = response;
    this.html = html;
  }

  get status(): number {
    return this.response.status;
  }

  get params(): URLSearchParams {
    return new URL(this.url).searchParams;
  }

  get heading(): string {
    return asText(/<h1>(.*?)<\/h1>/s.exec(this.html)?.[1] ?? '');
  }

  /** Submit the form that has a button of this text, with its hidden fields. */
  submit(button: string, fields: Record<string, string> = {}): Promise<Shown> {
    const form = this.#formWith(button);
    const ownAction = new RegExp(`formaction="([^"]*)"[^>]*>${button}<`).exec(form)?.[1];
    const action = asText(ownAction ?? / action="([^"]*)"/.exec(form)?.[1] ?? '');
    const hidden = [...form.matchAll(/type="hidden" name="([^"]*)" value="([^"]*)"/g)];
    const named = new RegExp(`name="([^"]*)" value="([^"]*)"[^>]*>${button}<`).exec(form);
    const body = new URLSearchParams(
      hidden.map(([, name = '', value = '']) => [name, asText(value)]),
    );
    if (named !== null) body.set(named[1] ?? '', named[2] ?? '');
    for (const [name, value] of Object.entries(fields)) body.set(name, value);
    return this.#browser.open(new URL(action, this.url).href, { method: 'POST', body });
  }

  #formWith(button: string): string {
    const forms = this.html.match(/<form.*?<\/form>/gs) ?? [];
    const form = forms.find((one) => new RegExp(`<button[^>]*>${button}<`).test(one));
    if (form === undefined) throw new Error(`no form with the button "${button}" on ${this.url}`);
    return form;
  }
}

function asText(text: string): string {
  return text
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}
