import type { Lifetimes } from '../../provider/settings.ts';

/**
 * What a click on Deny does in form mode: `redirect` as the library under the plugin, `silent` as
 * in fetch mode, `grant` as the plugin's form, whose two buttons send the same.
 */
export const DENY_MODES = ['redirect', 'silent', 'grant'] as const;

export type DenyMode = (typeof DENY_MODES)[number];

/** What the administrator sets; all of it is off in the plugin until somebody turns it on. */
export interface PluginSettings {
  allowImplicit: boolean;
  enforceState: boolean;
  requireExactRedirectUri: boolean;
  /** The consent page sends its answer by a script, and not as a form. */
  authorizationMethodFetch: boolean;
  /** Who has the permission `use-oauth`. */
  useOauth: 'members' | 'administrators';
}

export interface ForumSettings extends PluginSettings {
  /** Seconds. */
  lifetimes: Lifetimes;
  denyMode: DenyMode;
  /** `expires_in` is a string once the lifetime was saved on the admin page, a number before. */
  expiresInAs: 'string' | 'number';
  /** The nicknames extension is there. */
  nicknames: boolean;
  /** PHP writes its warnings into the answers. */
  displayErrors: boolean;
}

/** Make the settings a forum starts with, and returns to at a reset. */
export function initialSettings(lifetimes: Lifetimes): ForumSettings {
  return {
    allowImplicit: false,
    enforceState: false,
    requireExactRedirectUri: false,
    authorizationMethodFetch: false,
    useOauth: 'members',
    lifetimes: { ...lifetimes },
    denyMode: 'redirect',
    expiresInAs: 'string',
    nicknames: true,
    displayErrors: false,
  };
}
