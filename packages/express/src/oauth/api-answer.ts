import type { JsonObject } from '@cloakroom/profiles/provider-profile';
import { jsonObject } from './json-object.ts';
import type { Provider } from './provider.ts';
import type { ProviderAnswer } from './provider-request.ts';

/** What the provider's API answered, as it should have: the profile has set its status right. */
export interface ApiAnswer extends ProviderAnswer {
  /** The JSON object that it brought, if it did. */
  json: JsonObject | undefined;
}

/** Let the profile conform an answer of the provider's API. */
export function apiAnswer({ profile }: Provider, answer: ProviderAnswer): ApiAnswer {
  const body = jsonObject(answer);
  if (body === undefined || profile.conformApiResponse === undefined) {
    return { ...answer, json: body };
  }
  const conformed = profile.conformApiResponse({ status: answer.status, body });
  return { ...answer, status: conformed.status, json: conformed.body };
}
