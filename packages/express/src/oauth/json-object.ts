import type { JsonObject } from '@cloakroom/profiles/provider-profile';
import type { ProviderAnswer } from './provider-request.ts';

/** Read the JSON object of an answer; `undefined` where it is of another type, or none. */
export function jsonObject(answer: ProviderAnswer): JsonObject | undefined {
  const value = jsonValue(answer);
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as JsonObject)
    : undefined;
}

/** Read the JSON of an answer, of any shape; `undefined` where it is of another type, or none. */
export function jsonValue({ headers, body }: ProviderAnswer): unknown {
  if (!/^application\/(?:[\w.-]+\+)?json\b/i.test(String(headers['content-type'])))
    return undefined;
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
