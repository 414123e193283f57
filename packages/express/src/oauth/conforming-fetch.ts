import type { ProviderProfile } from '@cloakroom/profiles/provider-profile';
import type { CustomFetch } from 'openid-client';
import { jsonObject } from './json-object.ts';
import type { ProviderAnswer, ProviderClient } from './provider-request.ts';

/**
 * The one seam between what a provider sends and what the protocol library reads: send, conform,
 * then let the library process strictly. Nothing behind it knows of a provider's deviations.
 */
export function conformingFetch(client: ProviderClient, profile: ProviderProfile): CustomFetch {
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

function conform(answer: ProviderAnswer, profile: ProviderProfile) {
  const body = jsonObject(answer);
  if (body === undefined || profile.conformTokenResponse === undefined) {
    return { status: answer.status, text: answer.body };
  }
  const conformed = profile.conformTokenResponse({ status: answer.status, body });
  return { status: conformed.status, text: JSON.stringify(conformed.body) };
}
