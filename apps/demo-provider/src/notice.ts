import { styleText } from 'node:util';
import type { DemoUser, Emulator } from '@cloakroom/emulator';

interface NoticeFacts {
  emulator: Pick<Emulator, 'url' | 'personas'>;
  users: readonly DemoUser[];
  control: boolean;
  /** What registers apps at AIHubMix; absent where whoever started this knows it. */
  developerToken?: string | undefined;
}

/** Write what somebody needs who points an app at the emulator. Colours only where they show. */
export function notice({ emulator, users, control, developerToken }: NoticeFacts): string {
  const { url, personas } = emulator;
  const bases = Object.entries(personas).map(([name, { baseUrl }]) => ({ name, baseUrl }));
  const width = Math.max(...bases.map(({ name }) => name.length)) + 2;
  const rows = [
    styleText('bold', 'The emulator') + styleText('dim', '  providers, played for tests'),
    '',
    `Open       ${styleText(['bold', 'cyan'], url)}`,
    '',
    ...labelled(
      'Base URLs',
      bases.map(({ name, baseUrl }) => name.padEnd(width) + baseUrl),
    ),
    '',
    ...labelled(
      'Sign in as',
      users.map(({ username, password }) => username.padEnd(width) + password),
    ),
    '',
    ...labelled('Your app', control ? byControl(url) : byHand(url, developerToken)),
    'Manual     packages/emulator/README.md',
    '',
    styleText('dim', 'Ctrl-C stops it.'),
  ];
  return ['', ...rows.map((row) => `  ${row}`.trimEnd()), '', ''].join('\n');
}

function byControl(url: string): string[] {
  const app = { name: 'My app', redirectUri: 'http://localhost:3000/oauth/callback' };
  return [
    `curl ${url}/control/oidc/registerApp \\`,
    `  -H 'Content-Type: application/json' -d '${JSON.stringify([app])}'`,
  ];
}

function byHand(url: string, developerToken: string | undefined): string[] {
  return [
    'with CONTROL=on it is registered, and faults are laid, by HTTP',
    `at AIHubMix also by hand: ${url}/aihubmix/console/apps`,
    ...(developerToken === undefined ? [] : [`or with the developer token ${developerToken}`]),
  ];
}

function labelled(label: string, lines: readonly string[]): string[] {
  return lines.map((line, index) => (index === 0 ? label : '').padEnd(11) + line);
}
