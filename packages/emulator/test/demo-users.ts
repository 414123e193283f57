import { Browser } from './browser.ts';

export const YATING = { username: 'yating', password: 'moonlight-oolong' };

/** The developer. */
export const WEICHEN = { username: 'weichen', password: 'harbour-bicycle' };

/** A browser in which somebody is signed in. */
export async function signedIn(base: string, user = YATING): Promise<Browser> {
  const browser = new Browser();
  await (await browser.open(`${base}/sign-in`)).submit('Sign in', user);
  return browser;
}
