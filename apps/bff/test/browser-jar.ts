import type { BffProcess } from './bff-process.ts';
import { BrowserAnswer, type SetCookie } from './browser-answer.ts';
import { remember } from './canaries.ts';

export type Headers = Record<string, string | string[] | null>;

export interface Sent {
  /** Added to what the browser sends by itself; `null` takes a header away. */
  headers?: Headers;
  body?: string | Buffer;
  /** The process that gets it, where several serve the site. */
  via?: BffProcess;
  /** Where the navigation began: `Strict` cookies stay at home on a cross-site one. */
  from?: 'none' | 'same-origin' | 'cross-site';
}

/** As much of a browser as the contract needs: a cookie jar, and the headers it adds by itself. */
export class Browser {
  readonly bff: BffProcess;
  readonly cookies = new Map<string, SetCookie>();

  constructor(bff: BffProcess) {
    this.bff = bff;
  }

  get sessionCookie(): SetCookie | undefined {
    return [...this.cookies.values()].find(({ name }) => /cloakroom$/.test(name));
  }

  get attemptCookies(): SetCookie[] {
    return [...this.cookies.values()].filter(({ name }) => name.includes('cloakroom-login'));
  }

  /** A copy of the jar: a second browser that stole every cookie. */
  clone(): Browser {
    const copy = new Browser(this.bff);
    for (const [name, cookie] of this.cookies) copy.cookies.set(name, cookie);
    return copy;
  }

  /** Go to a page, as the address bar (`none`), a link or a redirect does. */
  open(path: string, sent: Sent = {}): Promise<BrowserAnswer> {
    const headers: Headers = {
      accept: 'text/html,application/xhtml+xml',
      'sec-fetch-site': sent.from ?? 'none',
      'sec-fetch-mode': 'navigate',
      'sec-fetch-dest': 'document',
      'sec-fetch-user': '?1',
      ...sent.headers,
    };
    return this.send('GET', path, { ...sent, headers });
  }

  /** Call the BFF as the page's own script does. */
  call(method: string, path: string, sent: Sent = {}): Promise<BrowserAnswer> {
    const headers: Headers = {
      'sec-fetch-site': 'same-origin',
      'sec-fetch-mode': 'cors',
      'sec-fetch-dest': 'empty',
      ...(method === 'GET' || method === 'HEAD' ? {} : { origin: this.bff.origin, 'x-csrf': '1' }),
      ...sent.headers,
    };
    return this.send(method, path, { ...sent, headers });
  }

  /** Send exactly these headers, and the cookies unless a header `cookie` is among them. */
  async send(method: string, path: string, sent: Sent = {}): Promise<BrowserAnswer> {
    const bff = sent.via ?? this.bff;
    const headers: Headers = { host: new URL(this.bff.origin).host, ...sent.headers };
    const cookie = this.#cookieHeader(sent.from === 'cross-site');
    if (headers.cookie === undefined && cookie !== '') headers.cookie = cookie;
    const response = await bff.pool.request({
      path,
      method: method as 'GET',
      headers: flat(headers),
      body: sent.body ?? null,
      headersTimeout: 20_000,
    });
    const answer = new BrowserAnswer({
      method,
      path,
      status: response.statusCode,
      headers: response.headers,
      body: await response.body.text(),
    });
    bff.answers.push(answer);
    for (const given of answer.cookies) this.#take(given);
    return answer;
  }

  #cookieHeader(crossSite: boolean): string {
    return [...this.cookies.values()]
      .filter(({ attributes }) => !(crossSite && attributes.samesite === 'Strict'))
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ');
  }

  #take(cookie: SetCookie): void {
    const { attributes, name } = cookie;
    const ended =
      attributes['max-age'] === undefined
        ? Date.parse(attributes.expires ?? '') <= Date.now()
        : Number(attributes['max-age']) <= 0;
    if (ended) this.cookies.delete(name);
    else this.cookies.set(name, cookie);
    remember('COOKIE', cookie.value);
    remember('COOKIE', decodeURIComponent(cookie.value));
  }
}

function flat(headers: Headers): string[] {
  return Object.entries(headers).flatMap(([name, value]) =>
    value === null ? [] : [value].flat().flatMap((each) => [name, each]),
  );
}
