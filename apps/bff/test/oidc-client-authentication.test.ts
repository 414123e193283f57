import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { auditAtTheEnd } from './audit.ts';
import { Browser } from './browser-jar.ts';
import { decodeJwt } from './forged-jwt.ts';
import { HostileIssuer, type IssuerCall } from './hostile-issuer.ts';
import { type OidcSite, startOidcSite } from './oidc-site.ts';
import { json } from './provider-answers.ts';
import { comeBack } from './sign-in.ts';
import { newSigningKey, privateJwk, type SigningAlgorithm } from './signing-key.ts';

const STRANGE_ID = 'shop: night & day/100%+é 書';
const STRANGE_SECRET = 'p:%&+ =/?#"\\é書~!*()\'-_.';

const byKey = (alg: SigningAlgorithm) =>
  new HostileIssuer({ authMethod: 'private_key_jwt', clientKey: newSigningKey(alg) });

function pushing(metadata: Record<string, unknown>): Record<string, unknown> {
  return { ...metadata, require_pushed_authorization_requests: true };
}

/** What an issuer says it takes. */
const taking = (methods: unknown) => (metadata: Record<string, unknown>) =>
  pushing({ ...metadata, token_endpoint_auth_methods_supported: methods });

const issuers = {
  basic: new HostileIssuer({
    ...{ clientId: STRANGE_ID, clientSecret: STRANGE_SECRET, metadata: pushing },
  }),
  'post-only': new HostileIssuer({
    ...{ clientId: STRANGE_ID, clientSecret: STRANGE_SECRET },
    ...{ authMethod: 'client_secret_post', metadata: pushing },
  }),
  both: new HostileIssuer({ metadata: taking(['client_secret_post', 'client_secret_basic']) }),
  'both-by-post': new HostileIssuer({
    ...{ authMethod: 'client_secret_post' },
    metadata: taking(['client_secret_basic', 'client_secret_post']),
  }),
  unsaid: new HostileIssuer({ metadata: taking(undefined) }),
  neither: new HostileIssuer({ metadata: taking(['tls_client_auth', 'none']) }),
  public: new HostileIssuer({ metadata: taking(['none']) }),
  rs256: byKey('RS256'),
  ps256: byKey('PS256'),
  es256: byKey('ES256'),
  eddsa: byKey('EdDSA'),
} as const;

type Id = keyof typeof issuers;
const ids = Object.keys(issuers) as Id[];
const KEYED = ['rs256', 'ps256', 'es256', 'eddsa'] as const;

const folder = mkdtempSync(join(tmpdir(), 'cloakroom-keys-'));
let site: OidcSite<Id>;

beforeAll(async () => {
  const env: Record<string, string> = { OAUTH_BOTH_BY_POST_CLIENT_AUTH: 'client_secret_post' };
  for (const id of KEYED) {
    issuers[id].metadata = pushing;
    const { clientKey } = issuers[id];
    if (clientKey === undefined) continue;
    const file = join(folder, `${id}.jwk`);
    writeFileSync(file, JSON.stringify(privateJwk(clientKey)));
    env[`OAUTH_${id.toUpperCase()}_CLIENT_KEY_FILE`] = file;
  }
  site = await startOidcSite<Id>(issuers, env);
}, 60_000);

afterEach(() => {
  for (const issuer of Object.values(site.issuers)) issuer.behave();
});

afterAll(async () => {
  await site.stop();
  rmSync(folder, { recursive: true });
});

const asClient = ({ endpoint }: IssuerCall) =>
  ['par', 'token', 'refresh', 'revocation'].includes(endpoint);

describe('S3 every call to the issuer but for what is public is authenticated, as was registered', () => {
  test.each(ids)('%s', async (id) => {
    const issuer = site.issuers[id];
    const browser = await site.logIn(id);
    issuer.grants.expireAccessTokens();
    expect((await browser.call('GET', '/api/user/info')).status).toBe(200);
    expect((await browser.call('POST', '/auth/logout')).status).toBe(200);
    expect(issuer.violations).toEqual([]);
    expect(issuer.calls.filter(asClient).map(({ endpoint }) => endpoint)).toEqual([
      ...['par', 'token', 'refresh', 'revocation', 'revocation'],
    ]);
    const urls = issuer.calls.map(({ url }) => decodeURIComponent(url)).join();
    expect(urls).not.toContain(issuer.clientSecret);
    expect(urls).not.toContain('?');
  });

  test.each(KEYED)(
    '%s: each assertion is fresh, short-lived and for this issuer alone',
    async (id) => {
      const issuer = site.issuers[id];
      await site.logIn(id);
      const forms = issuer.calls.filter(asClient).map(({ form }) => form);
      expect(forms.some((form) => form.has('client_secret'))).toBe(false);
      const tokens = forms.map((form) => decodeJwt(form.get('client_assertion') ?? ''));
      const jtis = tokens.map(({ claims }) => claims.jti);
      expect(new Set(jtis).size).toBe(jtis.length);
      for (const { header, claims } of tokens) {
        expect(header).toMatchObject({ alg: issuer.clientKey?.alg, kid: issuer.clientKey?.kid });
        expect([claims.aud].flat()).toEqual([issuer.url]);
        expect(Number(claims.exp) - Date.now() / 1000).toBeLessThan(301);
      }
    },
  );
});

test.each(ids)('S3 %s: 401 at the token endpoint is no reason to try another way', async (id) => {
  const issuer = site.issuers[id];
  issuer.always('token', json(401, { error: 'invalid_client' }));
  const browser = new Browser(site.bff);
  const calls = issuer.count('token');
  const back = await comeBack(browser, await site.walk(browser, id));
  expect(back.location).toBe('/?error=server_error');
  expect(issuer.count('token')).toBe(calls + 1);
  expect(browser.sessionCookie).toBeUndefined();
});

test('S3 401 at a refresh keeps the session, and is no reason to try another way', async () => {
  const { basic } = site.issuers;
  const browser = await site.logIn('basic');
  basic.always('refresh', json(401, { error: 'invalid_client' }));
  basic.grants.expireAccessTokens();
  const calls = basic.count('refresh');
  const info = await browser.call('GET', '/api/user/info');
  expect([info.status, info.error]).toEqual([502, 'provider_error']);
  expect(basic.count('refresh')).toBe(calls + 1);
  expect((await browser.call('GET', '/auth/session')).json.authenticated).toBe(true);
});

auditAtTheEnd(() => [site.bff]);
