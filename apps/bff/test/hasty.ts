import { type BffOptions, type BffProcess, startSibling } from './bff-process.ts';
import { type Answer, drip, hang } from './provider-answers.ts';

/** Milliseconds that a suite's own processes wait for a provider: more than any machine needs. */
export const PATIENT = { PROVIDER_TIMEOUT_MS: '10000' };

/** Start a process of the same site that gives a provider up soon. */
export function startHasty(bff: BffProcess, provider: BffOptions['provider']): Promise<BffProcess> {
  return startSibling(bff, provider, { PROVIDER_TIMEOUT_MS: '1500' });
}

/** Whether an answer never comes to its end. */
export const isEndless = (answer: Answer) => answer === hang || answer === drip;
