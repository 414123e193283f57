import type { AuthorizationForgery } from './authorization-response.ts';
import type { DiscoveryForgery } from './discovery.ts';
import type { IdTokenForgery } from './id-token.ts';
import type { PushedRequestForgery } from './pushed-request.ts';
import type { UserinfoForgery } from './userinfo.ts';

/** The forgeries that one kind of answer suffers, in the order they were asked for. */
export class ForgeryList<Kind> {
  #waiting: Array<{ kind: Kind; left: number }> = [];

  /** @param times how many answers it hits; until cleared where absent */
  add(kind: Kind, times = Number.POSITIVE_INFINITY): void {
    this.#waiting.push({ kind, left: times });
  }

  clear(): void {
    this.#waiting = [];
  }

  /** Take what the next answer suffers: all of it. */
  take(): Kind[] {
    const kinds = this.#waiting.map(({ kind }) => kind);
    for (const one of this.#waiting) one.left -= 1;
    this.#waiting = this.#waiting.filter(({ left }) => left > 0);
    return kinds;
  }
}

/** What answers of this issuer are forged on their way out, by the kind of answer. */
export class Forgeries {
  /** Of the code grant. */
  readonly idToken = new ForgeryList<IdTokenForgery>();
  /** Of the refresh grant. */
  readonly refreshedIdToken = new ForgeryList<IdTokenForgery>();
  readonly userinfo = new ForgeryList<UserinfoForgery>();
  readonly discovery = new ForgeryList<{ kind: DiscoveryForgery; origin: string }>();
  readonly authorizationResponse = new ForgeryList<AuthorizationForgery>();
  readonly pushedRequest = new ForgeryList<PushedRequestForgery>();

  clear(): void {
    for (const list of Object.values(this)) list.clear();
  }
}
