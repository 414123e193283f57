import { z } from 'zod';
import { RegistrationError } from './registration-error.ts';

export interface OauthAppRequest {
  name: string;
  description?: string | undefined;
  redirectUri: string;
}

/** An app as the provider made it. `clientSecret` is told this once. */
export interface OauthApp {
  clientId: string;
  clientSecret: string;
}

export interface ManagementApi {
  /** As `readBaseUrl` gives it. */
  baseUrl: string;
  developerToken: string;
  /** Milliseconds for the whole call. Default 10000. */
  timeout?: number | undefined;
}

const LARGEST_ANSWER = 64 * 1024;

// Credentials consist of visible ASCII (RFC 6749, appendix A): nothing else gets into a file.
const credential = z.string().regex(/^[\x21-\x7e]+$/);

const answerSchema = z.object({
  success: z.literal(true),
  data: z.object({
    client_id: credential,
    client_secret: credential,
    redirect_uri: z.string(),
  }),
});

const refusalSchema = z.object({ success: z.literal(false), message: z.string().optional() });

/**
 * Create an OAuth app: `POST /api/oauth_apps` with a developer's token.
 *
 * The provider may refuse with status 200 and `success: false`, so both are looked at. Nothing of
 * its answer but its `message` gets into an error, since the rest may hold the client secret.
 *
 * @throws {RegistrationError} `refused` when the provider said no, `unavailable` when it gave no
 *   answer of use
 */
export async function createOauthApp(app: OauthAppRequest, api: ManagementApi): Promise<OauthApp> {
  const { status, body } = await post(app, api);
  if (status >= 300 && status < 400) {
    throw unavailable(`${api.baseUrl} answered with a redirect, which is not followed.`);
  }
  const refusal = refusalSchema.safeParse(body);
  if (refusal.success || (status >= 400 && status < 500)) {
    const reason = z.object({ message: z.string() }).safeParse(body).data?.message ?? '';
    throw new RegistrationError('refused', describeRefusal(status, reason, api.developerToken));
  }
  if (status !== 200 && status !== 201) throw unavailable(`The provider answered ${status}.`);
  const answer = answerSchema.safeParse(body);
  if (!answer.success) {
    const members = answer.error.issues.map((issue) => issue.path.join('.') || 'the answer itself');
    throw unavailable(`The provider's answer is not as documented: ${members.join(', ')}.`);
  }
  const { client_id, client_secret, redirect_uri } = answer.data.data;
  if (redirect_uri !== app.redirectUri) {
    throw unavailable(
      `The provider registered another redirect URI than asked, for the app ${client_id}. Remove that app there.`,
    );
  }
  return { clientId: client_id, clientSecret: client_secret };
}

async function post(app: OauthAppRequest, api: ManagementApi) {
  const { name, description, redirectUri } = app;
  try {
    const response = await fetch(`${api.baseUrl}/api/oauth_apps`, {
      method: 'POST',
      redirect: 'manual',
      signal: AbortSignal.timeout(api.timeout ?? 10_000),
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        authorization: `Bearer ${api.developerToken}`,
      },
      body: JSON.stringify({ name, description: description ?? '', redirect_uri: redirectUri }),
    });
    return { status: response.status, body: parseJson(await readText(response)) };
  } catch (error) {
    if (error instanceof RegistrationError) throw error;
    throw unavailable(`${api.baseUrl} cannot be reached (${reasonOf(error)}).`);
  }
}

async function readText(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > LARGEST_ANSWER) throw unavailable("The provider's answer is too large.");
  }
  return text;
}

/** A syntax error would quote the text, secret and all: so it is dropped. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  if (error.name === 'TimeoutError') return 'time-out';
  const { cause } = error;
  return cause instanceof Error && 'code' in cause ? String(cause.code) : 'no connection';
}

function describeRefusal(status: number, message: string, developerToken: string): string {
  const text = message
    .replaceAll(developerToken, '[developer token]')
    .replaceAll(/[^\P{C}]+/gu, ' ')
    .slice(0, 200);
  return `The provider refused the registration (${status})${text ? `: ${text}` : '.'}`;
}

function unavailable(message: string): RegistrationError {
  return new RegistrationError('unavailable', message);
}
