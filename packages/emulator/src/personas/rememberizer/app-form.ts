import { isRegistrableRedirectUri } from '../../provider/apps.ts';
import type { RememberizerAppRequest } from './rememberizer-provider.ts';

/** What may be given for an app; `redirectUri` is another name for a list of one. */
export interface AppForm {
  name: string;
  description?: string | undefined;
  landingPageUrl?: string | undefined;
  redirectUri?: string | undefined;
  redirectUris?: readonly string[] | undefined;
}

/** Say whether a browser may be sent to a landing page: https, or http on this machine. */
export const isLandingPage = isRegistrableRedirectUri;

/**
 * Complete what an app is registered with. Without a landing page it is the root of the first
 * redirect URI's site; undefined where there is no redirect URI.
 */
export function appRequest(form: AppForm): RememberizerAppRequest | undefined {
  const redirectUris = [...new Set(form.redirectUris ?? [form.redirectUri ?? ''])].filter(Boolean);
  const [redirectUri] = redirectUris;
  if (redirectUri === undefined) return undefined;
  return {
    name: form.name,
    description: form.description ?? '',
    redirectUri,
    redirectUris,
    landingPageUrl: form.landingPageUrl || new URL('/', redirectUri).href,
  };
}
