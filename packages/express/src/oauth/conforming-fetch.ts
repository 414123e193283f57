import type { JsonAnswer, RedirectProfile } from '@cloakroom/profiles/provider-profile';
import type { CustomFetch } from 'openid-client';
import { jsonObject } from './json-object.ts';
import type { ProviderAnswer, ProviderClient } from './provider-request.ts';

/**
 * The one seam between what a provider sends and what the protocol library reads: send, conform,
 * then let the library process strictly. Nothing behind it knows of a provider's deviations.
 */
export function conformingFetch(client: ProviderClient, profile: RedirectProfile): CustomFetch {
  return async (url, { method, headers, body }) => {
    const answer = await client.send({
      url,
      method: method === 'POST' ? 'POST' : 'GET',
      headers,
      ...(body != null && { body: String(body) }),
    });
    const { status, text } = conform(answer, profile);
    const empty = status === 204 || status === 304;
    const contentType = String(answer.headers['content-type'] ?? '');
    return new Response(empty ? null : text, { status, headers: { 'content-type': contentType } });
  };
}

function conform(answer: ProviderAnswer, profile: RedirectProfile) {
  const { status } = answer;
  const body = jsonObject(answer);
  // What is no JSON object is of no use to the library, and its errors would quote it.
  if (body === undefined) return { status, text: '' };
  const conformed = profile.conformTokenResponse?.({ status, body }) ?? { status, body };
  const complete = hasNoTokens(profile) ? withToken(conformed) : conformed;
  return { status: complete.status, text: JSON.stringify(complete.body, withoutEmpty) };
}

/** What a token response may leave out (RFC 6749 section 5.1). */
const OPTIONAL = ['refresh_token', 'expires_in', 'scope'];

/** Many servers write a member that they leave out as null or "": as `JSON.stringify` takes it. */
const withoutEmpty = (name: string, value: unknown) =>
  OPTIONAL.includes(name) && (value === null || value === '') ? undefined : value;

/** Whether the token response is the identity, and no more. */
export function hasNoTokens({ endpoints }: RedirectProfile): boolean {
  return endpoints !== undefined && endpoints.userInfo === undefined;
}

/** RFC 6749 section 5.1 wants an access token. Where there is none, this one is never used. */
const withToken = ({ status, body }: JsonAnswer): JsonAnswer =>
  status === 200
    ? { status, body: { ...body, access_token: 'none', token_type: 'bearer' } }
    : { status, body };
