import type { SessionUser } from '@cloakroom/contract/session';

/** Choose what to call somebody; `undefined` where the provider gives nothing that a person would answer to. */
export function greetingName(user: SessionUser): string | undefined {
  const names = [user.username, user.name, user.email];
  return names.find((name) => name?.trim())?.trim();
}
