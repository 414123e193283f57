import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import {
  type CertificateAuthority,
  makeAuthority,
} from '../../../scripts/certificate-authority.ts';
import { freePort } from '../../../scripts/free-port.ts';
import { auditAtTheEnd } from './audit.ts';
import { startRefused } from './bff-process.ts';
import { Browser } from './browser-jar.ts';
import { canary } from './canaries.ts';
import { HostileIssuer } from './hostile-issuer.ts';
import { type OidcSite, startOidcSite } from './oidc-site.ts';

type Id = 'trusted' | 'of-another-authority' | 'of-another-name' | 'expired' | 'downgrading';

let known: CertificateAuthority;
let unknown: CertificateAuthority;
let site: OidcSite<Id>;

beforeAll(async () => {
  [known, unknown] = [makeAuthority(), makeAuthority()];
  const tls = known.sign('localhost');
  const issuers = {
    trusted: new HostileIssuer({ tls }),
    'of-another-authority': new HostileIssuer({ tls: unknown.sign('localhost') }),
    'of-another-name': new HostileIssuer({ tls: known.sign('issuer.example.com') }),
    expired: new HostileIssuer({ tls: known.sign('localhost', -1) }),
    downgrading: new HostileIssuer({ tls }),
  };
  site = await startOidcSite<Id>(issuers, { NODE_EXTRA_CA_CERTS: known.file });
}, 60_000);

afterAll(async () => {
  await site.stop();
  known.remove();
  unknown.remove();
});

test('S49 an issuer whose certificate can be verified', async () => {
  const browser = await site.logIn('trusted');
  site.issuers.trusted.grants.expireAccessTokens();
  expect((await browser.call('GET', '/api/user/info')).status).toBe(200);
  expect((await browser.call('POST', '/auth/logout')).status).toBe(200);
  expect(site.issuers.trusted.violations).toEqual([]);
  expect(site.issuers.trusted.count('revocation')).toBe(2);
});

test.each(['of-another-authority', 'of-another-name', 'expired'] as const)(
  'S49 one whose certificate is %s: no login begins, and nothing was sent',
  async (id) => {
    const browser = new Browser(site.bff);
    const start = await site.start(browser, id);
    expect(start.location).toBe('/?error=provider_unavailable');
    expect([...browser.cookies.keys()]).toEqual([]);
    expect(site.issuers[id].calls).toEqual([]);
  },
);

describe('S49 an issuer by https has no endpoint without', () => {
  test.each(['authorization_endpoint', 'token_endpoint', 'jwks_uri', 'userinfo_endpoint'])(
    '%s',
    async (endpoint) => {
      const { downgrading } = site.issuers;
      downgrading.metadata = (metadata) => {
        const plain = String(metadata[endpoint]).replace('https:', 'http:');
        return { ...metadata, [endpoint]: plain };
      };
      const start = await site.start(new Browser(site.bff), 'downgrading');
      expect(start.location).toBe('/?error=server_error');
    },
  );
});

describe('S49 S135 in production', () => {
  const production = async () => ({
    NODE_ENV: 'production',
    PORT: String(await freePort()),
    PUBLIC_URL: 'https://app.example.test',
    SESSION_SECRETS: canary('SESSION_SECRET').padEnd(40, 'x'),
    REDIS_URL: inject('redisUrl'),
    OAUTH_PROFILE: 'oidc',
    OAUTH_BASE_URL: 'https://issuer.example.test',
    OAUTH_CLIENT_ID: 'client',
    OAUTH_CLIENT_SECRET: canary('SECRET'),
  });

  test.each([
    ['an issuer by http', 'OAUTH_BASE_URL', 'http://issuer.example.test'],
    ['a process that verifies no certificate', 'NODE_TLS_REJECT_UNAUTHORIZED', '0'],
  ])('%s is refused at the start', async (_name, setting, value) => {
    const { code, output } = await startRefused({ ...(await production()), [setting]: value });
    expect(code, output).toBe(78);
    expect(output).toContain(setting);
  });
});

auditAtTheEnd(() => [site.bff]);
