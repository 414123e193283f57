/** Words of secrets that were copied from a document instead of made. */
const SAMPLE =
  /change.?me|your.|example|sample|placeholder|replace|secret_xyz|insecure|password|xxxx/i;

/**
 * Is this a known sample value, or one that nobody drew at random? Randomness of 32 bytes shows more
 * than ten different characters, whatever it is written in.
 */
export function sampleSecret(secret: string): boolean {
  return SAMPLE.test(secret) || (secret.length >= 32 && new Set(secret).size <= 10);
}
