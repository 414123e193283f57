/** Where Redis is: one server, a cluster, or a primary that sentinels know. */
export type RedisPlace =
  | { kind: 'server'; url: string }
  | { kind: 'cluster'; nodes: readonly RedisNode[]; access: RedisAccess }
  | { kind: 'sentinel'; nodes: readonly RedisNode[]; primary: string; access: RedisAccess };

export interface RedisNode {
  host: string;
  port: number;
}

export interface RedisAccess {
  username?: string;
  password?: string;
  tls: boolean;
}

const SEVERAL = /^(rediss?)\+(cluster|sentinel):\/\/(?:([^@/]*)@)?([^@/]+)(?:\/([^/]+))?$/;

/**
 * Read `redis://`, `rediss://`, `redis+cluster://h1:p1,h2:p2` or
 * `redis+sentinel://h1:p1,h2:p2/<primary>`; `rediss+...` for TLS. Name and password stand before the
 * hosts, percent-encoded, and are the same for all of them.
 * @returns `undefined` for anything else
 */
export function parseRedisUrl(value: string): RedisPlace | undefined {
  const url = URL.parse(value);
  if (url !== null && /^rediss?:$/.test(url.protocol)) {
    return url.hostname === '' ? undefined : { kind: 'server', url: value };
  }
  const [match, scheme, kind, credentials, hosts = '', primary] = SEVERAL.exec(value) ?? [];
  const nodes = hosts.split(',').map(parseNode);
  if (match === undefined || !nodes.every((node) => node !== undefined)) return undefined;
  const access = { tls: scheme === 'rediss', ...parseCredentials(credentials) };
  if (kind === 'cluster') return { kind, nodes, access };
  return primary === undefined ? undefined : { kind: 'sentinel', nodes, primary, access };
}

function parseNode(text: string): RedisNode | undefined {
  const url = URL.parse(`redis://${text}`);
  if (url === null || url.hostname === '') return undefined;
  return { host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port || 6379) };
}

function parseCredentials(text: string | undefined): Pick<RedisAccess, 'username' | 'password'> {
  const [username = '', password = ''] = (text ?? '').split(':').map(decodeURIComponent);
  return { ...(username !== '' && { username }), ...(password !== '' && { password }) };
}
