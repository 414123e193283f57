import { createOauthApp } from './create-oauth-app.ts';
import { draftEnvFile } from './env-file.ts';
import { RegistrationError } from './registration-error.ts';
import { readBaseUrl, readRedirectUri } from './safe-url.ts';

export interface Registration {
  name: string;
  description?: string | undefined;
  redirectUri: string;
  baseUrl: string;
  /** Write `OAUTH_BASE_URL` too. */
  keepsBaseUrl: boolean;
  developerToken: string;
  envFile: string;
  /** Replace credentials that the file holds. */
  force: boolean;
  /** Milliseconds for the call of the provider. Default 10000. */
  timeout?: number | undefined;
}

export interface Registered {
  clientId: string;
  /** The file was readable for others before. */
  wasTightened: boolean;
}

/**
 * Register this installation as an OAuth app and put the credentials into an env file. All that can
 * be checked is checked before the provider is called, so that no app is left without an owner.
 *
 * @throws {RegistrationError}
 */
export async function registerApp(registration: Registration): Promise<Registered> {
  const { name, description, developerToken, timeout } = registration;
  const baseUrl = readBaseUrl(registration.baseUrl);
  const redirectUri = readRedirectUri(registration.redirectUri);
  const draft = await draftEnvFile(registration.envFile);
  try {
    if (!registration.force) refuseToReplace(draft.variables, registration.envFile);
    const app = await createOauthApp(
      { name, description, redirectUri },
      { baseUrl, developerToken, timeout },
    );
    await draft.save({
      OAUTH_CLIENT_ID: app.clientId,
      OAUTH_CLIENT_SECRET: app.clientSecret,
      OAUTH_REDIRECT_URI: redirectUri,
      ...(registration.keepsBaseUrl ? { OAUTH_BASE_URL: baseUrl } : {}),
    });
    return { clientId: app.clientId, wasTightened: draft.willTighten };
  } finally {
    await draft.discard();
  }
}

function refuseToReplace(
  variables: Readonly<Record<string, string | undefined>>,
  envFile: string,
): void {
  const present = ['OAUTH_CLIENT_ID', 'OAUTH_CLIENT_SECRET'].filter((name) => variables[name]);
  if (present.length === 0) return;
  throw new RegistrationError(
    'cannot-write',
    `${envFile} holds ${present.join(' and ')} already. Nothing was registered; --force replaces them.`,
  );
}
