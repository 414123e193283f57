import type { SessionUser } from '@cloakroom/contract/session';
import type { JsonObject } from '@cloakroom/profiles/provider-profile';
import { isLoopback } from '../loopback.ts';
import type { TokenSet } from '../tokens/token-set.ts';
import { apiAnswer } from './api-answer.ts';
import { jsonObject } from './json-object.ts';
import type { Provider } from './provider.ts';
import type { ProviderClient } from './provider-request.ts';
import type { Redeemed } from './token-endpoint.ts';

/** Who has logged in. */
export interface Identity {
  user: SessionUser;
  /** What the provider said of the user, where it cannot be asked again. */
  userInfo?: JsonObject;
  /** Names the session at the provider (OpenID Connect Back-Channel Logout 1.0 section 2.1). */
  sid?: string;
}

/** A user as the provider's profile names the members; `id` is a number or a text. */
export type UserInfo = JsonObject & { id: string | number };

/**
 * Find out who has logged in: by the ID token or the token response, by asking with the access
 * token, or both. Rejects where the provider names nobody, or two different users.
 */
export async function identityOf(
  provider: Provider,
  { tokens, identity }: Redeemed,
  client: ProviderClient,
): Promise<Identity> {
  const { userinfo_endpoint: url } = await provider.metadata();
  const sid = typeof identity?.sid === 'string' ? { sid: identity.sid } : {};
  if (tokens === undefined || url === undefined) {
    const profile = await publicProfile(provider, identity, client);
    const user = named(provider, { ...profile, ...identity });
    return { user: sessionUser(user), userInfo: shownToBrowser(provider, user), ...sid };
  }
  const known = identity && named(provider, identity);
  const asked = named(provider, await askWhoItIs(provider, { url, tokens }, client));
  // OpenID Connect Core section 5.3.2.
  if (known !== undefined && !isSameId(known.id, asked.id))
    throw new Error('user info of another user');
  return { user: sessionUser({ ...known, ...asked }), ...sid };
}

/** Of a user, the members that the browser may see. */
export function shownToBrowser({ profile }: Provider, user: UserInfo): JsonObject {
  const shown = profile.userInfoFields.filter(
    (name) => isScalar(user[name]) && (name !== 'avatar_url' || isPicture(user[name])),
  );
  return Object.fromEntries(shown.map((name) => [name, user[name]]));
}

/** An address that a page may show: by https, or of this very machine. */
function isPicture(value: unknown): boolean {
  if (value === null) return true;
  const url = typeof value === 'string' ? URL.parse(value) : null;
  return url !== null && (url.protocol === 'https:' || isLocal(url));
}

const isLocal = ({ protocol, hostname }: URL) => protocol === 'http:' && isLoopback(hostname);

const isScalar = (value: unknown) =>
  value === null || ['string', 'number', 'boolean'].includes(typeof value);

/** Read a user out of a user info; `undefined` where it names nobody. */
export function identify({ profile }: Provider, userInfo: JsonObject): UserInfo | undefined {
  const user = profile.mapUserInfo ? profile.mapUserInfo(userInfo) : userInfo;
  const id = user?.id;
  return isId(id) ? { ...user, id } : undefined;
}

/** A number that is too large is read as one that somebody else may have. */
const isId = (id: unknown): id is string | number =>
  typeof id === 'number' ? Number.isSafeInteger(id) : typeof id === 'string' && id !== '';

/** Whether two ids name the same user: some providers write a number as text, here or there. */
export const isSameId = (one: string | number, other: string | number) =>
  String(one) === String(other);

function named(provider: Provider, userInfo: JsonObject = {}): UserInfo {
  const user = identify(provider, userInfo);
  if (user === undefined) throw new Error('the provider names nobody');
  return user;
}

async function askWhoItIs(
  provider: Provider,
  { url, tokens }: { url: string; tokens: TokenSet },
  client: ProviderClient,
): Promise<JsonObject> {
  const headers = { accept: 'application/json', ...provider.credentials(tokens) };
  const answer = await client.send({ url, method: 'GET', headers });
  const { status, json } = apiAnswer(provider, answer);
  if (status === 200 && json !== undefined) return json;
  throw new Error(`no user info (status ${answer.status}${json ? '' : ', no JSON'})`);
}

/** What is nice to have: a login does not fail for it. */
async function publicProfile(
  { profile, url }: Provider,
  identity: JsonObject | undefined,
  client: ProviderClient,
): Promise<JsonObject> {
  const path = profile.kind === 'redirect' && identity && profile.publicProfile?.(identity);
  if (!path) return {};
  const call = { url: url(path), method: 'GET', headers: { accept: 'application/json' } } as const;
  const answer = await client.send(call).catch(() => undefined);
  return (answer?.status === 200 && jsonObject(answer)) || {};
}

/** Of a user, what a session keeps: text, and a picture that a page may show. */
function sessionUser({ id, ...userInfo }: UserInfo): SessionUser {
  const text = (name: string) => {
    const value = userInfo[name];
    return typeof value === 'string' && { [name]: value };
  };
  return {
    id,
    ...text('username'),
    ...text('name'),
    ...text('email'),
    ...(isPicture(userInfo.avatar_url) && text('avatar_url')),
  };
}
