import type { ServerMetadata } from 'openid-client';
import { isLoopback } from '../loopback.ts';
import { jsonObject } from './json-object.ts';
import { isOutageStatus, type ProviderClient } from './provider-request.ts';

/** Metadata that cannot be used, or none at all. */
export class DiscoveryError extends Error {
  /** Whether the issuer had no answer now, rather than a wrong one. */
  readonly isOutage: boolean;

  constructor(
    reason: string,
    { isOutage = false, cause }: { isOutage?: boolean; cause?: unknown },
  ) {
    super(`discovery: ${reason}`, { cause });
    this.name = 'DiscoveryError';
    this.isOutage = isOutage;
  }
}

/** Milliseconds until metadata is asked for again, in the background, and again where that failed. */
const FRESH = 10 * 60_000;
const TRY_AGAIN = 30_000;

/**
 * Read an issuer's metadata when it is needed (OpenID Connect Discovery 1.0 section 4), once for
 * everybody who waits. What was read once is used on while the issuer does not answer.
 * @returns rejects with DiscoveryError, or ProviderRequestError
 */
export function discovery(
  issuer: string,
  { client, now }: { client: ProviderClient; now: () => number },
): () => Promise<ServerMetadata> {
  let known: { metadata: ServerMetadata; readAt: number } | undefined;
  let reading: Promise<ServerMetadata> | undefined;

  const read = () => {
    reading ??= readMetadata(issuer, client)
      .then((metadata) => {
        known = { metadata, readAt: now() };
        return metadata;
      })
      .finally(() => {
        reading = undefined;
      });
    return reading;
  };

  return async () => {
    if (known === undefined) return read();
    const { metadata, readAt } = known;
    if (now() - readAt > FRESH) {
      known = { metadata, readAt: now() - FRESH + TRY_AGAIN };
      read().catch(() => {});
    }
    return metadata;
  };
}

async function readMetadata(issuer: string, client: ProviderClient): Promise<ServerMetadata> {
  const url = `${issuer}/.well-known/openid-configuration`;
  const answer = await client.send({ url, method: 'GET', headers: { accept: 'application/json' } });
  const { status } = answer;
  if (status !== 200) {
    throw new DiscoveryError(`status ${status} of ${url}`, { isOutage: isOutageStatus(status) });
  }
  const metadata = jsonObject(answer);
  const problem = metadata ? problemOf(metadata, issuer) : `no JSON object at ${url}`;
  if (problem !== undefined) throw new DiscoveryError(problem, {});
  return metadata as unknown as ServerMetadata;
}

const REQUIRED = ['authorization_endpoint', 'token_endpoint', 'jwks_uri'];
const OPTIONAL = [
  'userinfo_endpoint',
  'end_session_endpoint',
  'revocation_endpoint',
  'pushed_authorization_request_endpoint',
];

/** An issuer speaks for itself alone (section 4.3), and cannot send us to addresses inside. */
function problemOf(metadata: Record<string, unknown>, issuer: string): string | undefined {
  // A slash at its end is part of an issuer's name; the setting may leave it out.
  if (metadata.issuer !== issuer && metadata.issuer !== `${issuer}/`)
    return `another issuer: ${JSON.stringify(metadata.issuer)?.slice(0, 200)}`;
  const given = OPTIONAL.filter((name) => metadata[name] !== undefined);
  const wrong = [...REQUIRED, ...given].find((name) => !isTrustworthy(metadata[name], issuer));
  return wrong && `${wrong} cannot be used`;
}

function isTrustworthy(value: unknown, issuer: string): boolean {
  const url = typeof value === 'string' ? URL.parse(value) : null;
  if (url === null || url.username !== '' || url.password !== '') return false;
  if (url.origin === new URL(issuer).origin) return true;
  return url.protocol === 'https:' && isPublicName(url.hostname);
}

/** A name of the internet: no address, nothing of this machine or of the network around. */
const isPublicName = (host: string) =>
  /\.[a-z][a-z0-9-]*$/i.test(host) &&
  !isLoopback(host) &&
  !/\.(local|localhost|internal|home\.arpa)$/i.test(host);
