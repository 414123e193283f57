/** A cookie as a Set-Cookie header of the BFF describes it. */
export interface SetCookie {
  name: string;
  value: string;
  /** Attribute names in lower case; a flag has the value `''`. */
  attributes: Record<string, string>;
  raw: string;
}

/** What came back from the BFF. */
export class BrowserAnswer {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly cookies: SetCookie[];
  readonly body: string;

  constructor(given: {
    method: string;
    path: string;
    status: number;
    headers: Record<string, string | string[] | undefined>;
    body: string;
  }) {
    this.method = given.method;
    this.path = given.path;
    this.status = given.status;
    this.body = given.body;
    this.cookies = [given.headers['set-cookie'] ?? []].flat().map(parseSetCookie);
    this.headers = Object.fromEntries(
      Object.entries(given.headers).map(([name, value]) => [name, String(value)]),
    );
  }

  get location(): string {
    return this.headers.location ?? '';
  }

  /** The member `error` of a problem, or the parameter `error` of a redirect. */
  get error(): string | null {
    if (this.status === 302) return new URL(this.location, 'http://x').searchParams.get('error');
    return (this.json as { error?: string }).error ?? null;
  }

  // biome-ignore lint/suspicious/noExplicitAny: a test reads whatever came
  get json(): any {
    return JSON.parse(this.body);
  }

  /** In one line, for the message of a failed test. */
  get summary(): string {
    return `${this.method} ${this.path.slice(0, 120)} -> ${this.status} ${this.location || this.body.slice(0, 120)}`;
  }
}

function parseSetCookie(raw: string): SetCookie {
  const [pair = '', ...rest] = raw.split(';').map((part) => part.trim());
  const at = pair.indexOf('=');
  const attributes = Object.fromEntries(
    rest.map((part) => {
      const [name = '', ...value] = part.split('=');
      return [name.toLowerCase(), value.join('=')];
    }),
  );
  return { name: pair.slice(0, at), value: pair.slice(at + 1), attributes, raw };
}
