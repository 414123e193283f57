import type { BffProcess } from './bff-process.ts';
import { Browser } from './browser-jar.ts';
import type { Clock } from './clock.ts';
import { signIn, walkToCallback } from './sign-in.ts';
import type { StrictProvider } from './strict-provider.ts';
import { account, type StrictAccount } from './strict-tokens.ts';

/** Whoever uses the site when something happens to the store, each at another point. */
export interface People {
  /** Signed in, with an access token that lives. */
  member: Browser;
  /** Signed in, with an access token that has ended. */
  late: Browser;
  /** Signed in, and about to sign out. */
  leaver: Browser;
  /** On the way back from the provider, to the callback at this path. */
  newcomer: { browser: Browser; path: string };
  /** On the way back after a refusal. */
  refused: { browser: Browser; path: string };
}

export interface Site {
  bff: BffProcess;
  provider: StrictProvider;
  clock: Clock;
}

let others = 0;

/** A user that nobody was yet: of one user's many sessions the oldest would end. */
export function somebodyElse(): StrictAccount {
  others += 1;
  return account(others, `other_${others}`);
}

let hours = 0;

/** Bring one of each together. The clock goes on by three hours: longer than a token lives. */
export async function gatherPeople({ bff, provider, clock }: Site): Promise<People> {
  const late = await signIn(bff, provider);
  hours += 3;
  clock.ahead(hours * 3600);
  const [newcomer, refused] = [new Browser(bff), new Browser(bff)];
  return {
    late,
    member: await signIn(bff, provider),
    leaver: await signIn(bff, provider),
    newcomer: { browser: newcomer, path: await walkToCallback(newcomer, provider) },
    refused: {
      browser: refused,
      path: await walkToCallback(refused, provider, { error: 'access_denied' }),
    },
  };
}
