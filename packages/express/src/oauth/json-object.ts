import type { JsonObject } from '@cloakroom/profiles/provider-profile';
import type { ProviderAnswer } from './provider-request.ts';

/** Read the JSON object of an answer; `undefined` where it is of another type, or none. */
export function jsonObject({ headers, body }: ProviderAnswer): JsonObject | undefined {
  if (!/^application\/(?:[\w.-]+\+)?json\b/i.test(String(headers['content-type'])))
    return undefined;
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as JsonObject)
      : undefined;
  } catch {
    return undefined;
  }
}
