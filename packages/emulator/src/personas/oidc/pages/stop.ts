import { showConsent } from './consent.ts';
import type { Stop } from './interaction.ts';
import { showSignIn } from './sign-in.ts';

/** Show what is wanted at this stop. */
export function showStop(stop: Stop): void {
  if (stop.interaction.prompt.name === 'login') showSignIn(stop);
  else showConsent(stop);
}
