import { parseArgs } from 'node:util';
import type { Registration } from './register-app.ts';
import { RegistrationError } from './registration-error.ts';

const DEFAULT_BASE_URL = 'https://api.aihubmix.com';

/** What `--help` prints. */
export const usage = `Register this installation as an OAuth app at an AIHubMix-like provider.

  pnpm register-app --name <name> --redirect-uri <url> [options]

  --name <text>          what users see when they are asked to consent
  --redirect-uri <url>   the BFF's callback, such as https://app.example.com/oauth/callback
  --description <text>   shown beside the name
  --base-url <url>       the provider; default: OAUTH_BASE_URL, else ${DEFAULT_BASE_URL}
  --save-to <path>       env file that gets the credentials; default: .env
                         (also --env-file, which Node.js takes for its own in npx and pnpm)
  --force                replace credentials that the file holds already
  --help                 this text

The developer token is read from OAUTH_DEVELOPER_TOKEN, so that it shows in no process list.

Exit codes: 0 registered, 64 wrong call, 69 no usable answer of the provider,
            73 the file cannot be written, 77 the provider refused.`;

/**
 * Read the command line and the environment of `register-app`.
 *
 * @returns null when help is asked for
 * @throws {RegistrationError} of kind `usage`
 */
export function readCommandLine(argv: readonly string[], env: NodeJS.ProcessEnv) {
  const options = parse(argv);
  if (options.help) return null;
  const registration: Registration = {
    name: required(options.name, '--name'),
    redirectUri: required(options['redirect-uri'], '--redirect-uri'),
    description: options.description,
    baseUrl: options['base-url'] ?? (env.OAUTH_BASE_URL || DEFAULT_BASE_URL),
    keepsBaseUrl: options['base-url'] !== undefined,
    developerToken: required(env.OAUTH_DEVELOPER_TOKEN, 'the variable OAUTH_DEVELOPER_TOKEN'),
    envFile: options['save-to'] ?? options['env-file'] ?? '.env',
    force: options.force,
  };
  return registration;
}

function parse(argv: readonly string[]) {
  try {
    // `pnpm register-app -- --name x` hands the first dashes on.
    const args = argv[0] === '--' ? argv.slice(1) : [...argv];
    return parseArgs({
      args,
      options: {
        name: { type: 'string' },
        'redirect-uri': { type: 'string' },
        description: { type: 'string' },
        'base-url': { type: 'string' },
        'save-to': { type: 'string' },
        'env-file': { type: 'string' },
        force: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values;
  } catch (error) {
    throw new RegistrationError('usage', error instanceof Error ? error.message : String(error));
  }
}

function required(value: string | undefined, what: string): string {
  if (value?.trim()) return value.trim();
  throw new RegistrationError('usage', `Missing: ${what}.`);
}
