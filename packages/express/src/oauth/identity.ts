import type { SessionUser } from '@cloakroom/contract/session';
import type { JsonObject } from '@cloakroom/profiles/provider-profile';
import { jsonObject } from './json-object.ts';
import type { Provider } from './provider.ts';
import type { ProviderClient } from './provider-request.ts';

/** Ask the provider who the access token speaks for. Rejects where it does not say. */
export async function fetchIdentity(
  provider: Provider,
  accessToken: string,
  client: ProviderClient,
): Promise<SessionUser> {
  const answer = await client.send({
    url: provider.endpoint('userInfo'),
    method: 'GET',
    headers: { accept: 'application/json', authorization: `Bearer ${accessToken}` },
  });
  const userInfo = jsonObject(answer);
  const user = answer.status === 200 && userInfo && identify(provider, userInfo);
  if (!user) throw new Error(`user info names nobody (status ${answer.status})`);
  return user;
}

/** Read the identity out of a user info; `undefined` where it names nobody. */
export function identify(provider: Provider, userInfo: JsonObject): SessionUser | undefined {
  const user = provider.profile.mapUser(userInfo);
  return user === undefined || user.id === '' ? undefined : user;
}
