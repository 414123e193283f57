import { readCommandLine, usage } from './registration/command-line.ts';
import { type Registration, registerApp } from './registration/register-app.ts';
import { exitCodes, RegistrationError } from './registration/registration-error.ts';

async function main(): Promise<void> {
  const registration = readCommandLine(process.argv.slice(2), process.env);
  if (!registration) return console.log(usage);
  const { clientId, wasTightened } = await registerApp(registration);
  console.log(`Registered "${registration.name}" as ${clientId}.`);
  if (wasTightened) console.log(`Notice: ${registration.envFile} was open to others; now 0600.`);
  console.log(nextSteps(registration));
}

function nextSteps({ envFile, redirectUri }: Registration): string {
  return `
The credentials are in ${envFile}. Next:
  1. Keep that file out of version control and out of anything that reaches a browser.
  2. Set PUBLIC_URL=${new URL(redirectUri).origin} there, and for production SESSION_SECRETS
     (openssl rand -base64 48) and REDIS_URL; .env.example has every setting.
  3. pnpm build && pnpm start`;
}

try {
  await main();
} catch (error) {
  if (!(error instanceof RegistrationError)) throw error;
  console.error(error.message);
  if (error.kind === 'usage') console.error('\nSee: pnpm register-app --help');
  process.exitCode = exitCodes[error.kind];
}
