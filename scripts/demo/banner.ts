import { styleText } from 'node:util';

export interface BannerUser {
  username: string;
  password: string;
}

export interface BannerFacts {
  url: string;
  providerUrl: string;
  store: string;
  users: readonly BannerUser[];
  logFolder: string;
  /** What came out otherwise than one may expect, such as another port. */
  notices: readonly string[];
}

/** Write what somebody needs who has just started the demo. Colours only where they show. */
export function banner({ url, providerUrl, store, users, logFolder, notices }: BannerFacts) {
  const width = Math.max(...users.map((user) => user.username.length)) + 2;
  const rows = [
    styleText('bold', 'Cloakroom') + styleText('dim', '  leave your coat, take a ticket'),
    '',
    `Open       ${styleText(['bold', 'cyan'], url)}`,
    '',
    ...users.map((user, index) => {
      const label = index === 0 ? 'Sign in as' : '';
      return `${label.padEnd(11)}${user.username.padEnd(width)}${user.password}`;
    }),
    '',
    `Provider   ${providerUrl}`,
    `Sessions   ${store}`,
    `Logs       ${logFolder}`,
    ...notices.map((notice) => `Notice     ${styleText('yellow', notice)}`),
    '',
    styleText('dim', 'Ctrl-C stops everything.'),
  ];
  return ['', ...rows.map((row) => `  ${row}`.trimEnd()), ''].join('\n');
}
