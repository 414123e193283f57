import { createHash } from 'node:crypto';
import { type Html, html } from './html.ts';

/** Deep enough for white letters. */
const TINTS = [
  '#7a3b9d',
  '#b0413e',
  '#a3541d',
  '#5f6b1e',
  '#2c6e63',
  '#2b6390',
  '#4d4aa8',
  '#9a3a6f',
] as const;

/**
 * Draw the picture of who or what has none: the first letter on a colour.
 * @param seed what the colour follows; default the label
 */
export function monogram(label: string, seed = label): Html {
  const initial = [...label.trim()][0]?.toUpperCase() ?? '?';
  return html`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" aria-hidden="true"><rect width="64" height="64" fill="${tintOf(seed)}"/><text x="32" y="33" fill="#fff" font-family="system-ui, sans-serif" font-size="30" font-weight="600" text-anchor="middle" dominant-baseline="central">${initial}</text></svg>`;
}

function tintOf(seed: string): string {
  const number = createHash('sha256').update(seed).digest().readUInt32BE();
  return TINTS[number % TINTS.length] ?? TINTS[0];
}
