import { disguises } from '../recording/disguises.ts';
import { type Recording, tracesOf } from '../recording/recording.ts';

/**
 * Prove that nothing secret reached the browser: no code, token or client secret of the provider is
 * in any answer of the app, its storage, cookies, pages, addresses and history, in no disguise.
 *
 * A recording without a login proves nothing, so it fails too.
 */
export async function toHoldNoSecrets(recording: Recording) {
  const { kinds = ['code', 'access_token', 'client_secret'], sanctioned } = recording;
  const secrets = recording.secrets();
  const missing = kinds.filter((kind) => !secrets.some((secret) => secret.kind === kind));
  const traces = await tracesOf(recording);
  const found = secrets.flatMap(({ kind, value }) =>
    disguises(value).flatMap((disguise) =>
      traces
        .filter(({ text }) => text.includes(disguise.text))
        .filter(({ where }) => !(kind === sanctioned?.kind && sanctioned.where.test(where)))
        .map(({ where }) => `${kind} in ${where}${disguise.name && ` (${disguise.name})`}`),
    ),
  );
  const problems = [
    ...missing.map((kind) => `the provider issued no ${kind}, so there is nothing to look for`),
    ...new Set(found),
  ];
  return {
    name: 'toHoldNoSecrets',
    pass: problems.length === 0,
    message: () =>
      problems.length === 0
        ? `none of ${secrets.length} secrets is in any of ${traces.length} places`
        : `The browser got hold of secrets:\n${problems.map((line) => `  ${line}`).join('\n')}`,
  };
}
