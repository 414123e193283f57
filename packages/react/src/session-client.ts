import { PATHS } from '@cloakroom/contract/paths';
import {
  type Logout,
  logoutSchema,
  type Session,
  sessionSchema,
} from '@cloakroom/contract/session';
import { QueryClient } from '@tanstack/react-query';
import { cleanAddressBar, type Landing } from './address-bar.ts';
import { ApiError, endsSession } from './api-error.ts';
import { type ApiRequestOptions, apiRequest } from './api-request.ts';
import { dropFarewellNote, leaveFarewellNote } from './farewell-note.ts';
import { forgetTarget } from './login-target.ts';
import { logoutTarget } from './logout-target.ts';
import { nextCheckIn, retryDelay } from './next-check.ts';
import { isSessionOutage, outageCauseOf } from './session-outage.ts';
import {
  initialState,
  type Outage,
  reduceSession,
  type SessionEvent,
  type SessionState,
} from './session-state.ts';
import { openTabChannel, type TabChannel, type TabNews } from './tab-channel.ts';
import { watchPage } from './watch-page.ts';

/** What a session client works with. */
export interface SessionClientOptions {
  landing: Landing;
  fetch?: typeof globalThis.fetch | undefined;
  /** Milliseconds between checks of a page that is looked at and signed in; absent: only on occasion. */
  pollInterval?: number | undefined;
  /** Leave the page. @default location.assign */
  navigate?: (address: string) => void;
}

/** Two events of one glance at the page (focus, visibility) are one reason to check. */
const GLANCE_MS = 1000;

/**
 * Hold the session state of a page: the one place that asks the BFF who is here, and that hears what
 * every call, every other tab and the page's life say about it.
 */
export class SessionClient {
  /** What was fetched, apart from the caches of the app. Personal entries go with the session. */
  readonly queries = new QueryClient();
  #state: SessionState;
  #options: SessionClientOptions;
  #listeners = new Set<() => void>();
  #channel: TabChannel | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #checking: { abort: AbortController; done: Promise<void> } | undefined;
  #checkedAt = 0;
  #failures = 0;

  constructor(options: SessionClientOptions) {
    this.#options = options;
    this.#state = initialState(options.landing);
  }

  getState = (): SessionState => this.#state;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Begin to listen, and ask who is here. @returns a function that stops it; it can begin again */
  connect(): () => void {
    cleanAddressBar();
    dropFarewellNote();
    this.queries.mount();
    this.#channel = openTabChannel((news) => this.#hear(news));
    const stopWatching = watchPage({
      seen: () => this.#glance(),
      suspended: () => this.#suspend(),
      resumed: () => void this.#checkAfresh(),
      online: () => void this.#checkAfresh(),
      offline: () => this.#meetOutage('offline', undefined),
    });
    void this.check();
    return () => {
      stopWatching();
      this.#channel?.close();
      this.#channel = undefined;
      clearTimeout(this.#timer);
      this.queries.unmount();
    };
  }

  /** Ask the BFF who is here. It never extends the session. Never throws: the state says how it went. */
  check = (): Promise<void> => {
    this.#checking ??= this.#startCheck();
    return this.#checking.done;
  };

  /**
   * Call the BFF, and let the session state know what the answer says about it.
   * @throws {ApiError} as `apiRequest` does
   */
  request = async <T>(path: string, options: ApiRequestOptions<T>): Promise<T> => {
    const before = markOf(this.#state);
    try {
      const body = await apiRequest(path, { ...this.#fetchOption(), ...options });
      if (this.#state.status === 'signedIn' && this.#state.outage) void this.check();
      return body;
    } catch (error) {
      this.#learnFrom(error, before);
      throw error;
    }
  };

  /**
   * Sign somebody in with what they typed. What was typed is not kept.
   * @param path of a call that is answered as `GET /auth/session` is
   * @throws {ApiError} where nobody was signed in
   */
  signIn = async (path: string, typed: object): Promise<void> => {
    const session = await this.request(path, {
      method: 'POST',
      body: typed,
      schema: sessionSchema,
    });
    if (!session.authenticated) return;
    // A check that is on its way may have been answered before.
    this.#abandonCheck();
    this.#learnWho(session);
    this.#channel?.tell('signedIn');
  };

  /**
   * End the session, here or on every device of this user, and go where the BFF says.
   * @throws {ApiError} where it failed: the session goes on
   */
  logout = async (options: { everywhere?: boolean } = {}): Promise<void> => {
    this.#abandonCheck();
    this.#dispatch({ type: 'logoutStarted' });
    const path = options.everywhere ? PATHS.logoutAll : PATHS.logout;
    try {
      const logout = await this.request(path, { method: 'POST', schema: logoutSchema });
      this.#leave(logout);
    } catch (error) {
      this.#dispatch({ type: 'logoutFailed' });
      // Only the answer got lost, perhaps.
      void this.#checkAfresh();
      throw error;
    }
  };

  #leave({ logout_url }: Logout): void {
    this.#abandonCheck();
    this.#dispatch({ type: 'loggedOut', where: 'here' });
    this.#channel?.tell('signedOut');
    const target = logoutTarget(logout_url, location.origin);
    const { navigate = (address: string) => location.assign(address) } = this.#options;
    if (target === undefined) return;
    leaveFarewellNote();
    navigate(target);
  }

  #startCheck(): { abort: AbortController; done: Promise<void> } {
    const abort = new AbortController();
    const done = this.#ask(abort.signal).finally(() => {
      if (this.#checking?.abort === abort) this.#checking = undefined;
    });
    return { abort, done };
  }

  async #ask(signal: AbortSignal): Promise<void> {
    try {
      const options = { ...this.#fetchOption(), schema: sessionSchema, signal };
      const session = await apiRequest(PATHS.session, options);
      if (!signal.aborted) this.#learnWho(session);
    } catch (error) {
      if (signal.aborted) return;
      this.#meetOutage(outageCauseOf(error), error);
    }
  }

  #learnWho(session: Session): void {
    this.#failures = 0;
    this.#checkedAt = Date.now();
    this.#dispatch({ type: 'checked', session });
  }

  /** Ask once more: what is being asked now may have been answered before something happened. */
  #checkAfresh(): Promise<void> {
    this.#abandonCheck();
    return this.check();
  }

  #abandonCheck(): void {
    this.#checking?.abort.abort();
    this.#checking = undefined;
  }

  #glance(): void {
    if (Date.now() - this.#checkedAt >= GLANCE_MS) void this.check();
  }

  #suspend(): void {
    this.#abandonCheck();
    this.#dispatch({ type: 'suspended' });
  }

  #hear(news: TabNews): void {
    if (news === 'signedOut') {
      this.#dispatch({ type: 'loggedOut', where: 'elsewhere' });
    }
    if (news !== 'ended' || this.#state.status === 'signedIn') void this.#checkAfresh();
  }

  #learnFrom(error: unknown, before: string | undefined): void {
    if (endsSession(error)) {
      // The call was made for an earlier session than the one that is on now.
      if (before !== markOf(this.#state)) return void this.#checkAfresh();
      this.#abandonCheck();
      this.#dispatch({ type: 'refused' });
    } else if (isSessionOutage(error)) {
      this.#meetOutage(outageCauseOf(error), error);
    }
  }

  #meetOutage(cause: Outage['cause'], error: unknown): void {
    this.#failures += 1;
    const retryAfter = error instanceof ApiError ? error.retryAfter : undefined;
    const retryAt = Date.now() + retryDelay(this.#failures, retryAfter);
    this.#dispatch({ type: 'outage', outage: { cause, retryAt } });
  }

  #dispatch(event: SessionEvent): void {
    const before = this.#state;
    this.#state = reduceSession(before, event);
    if (this.#state !== before) this.#afterChange(before, this.#state);
    this.#schedule();
  }

  #afterChange(before: SessionState, now: SessionState): void {
    if (markOf(before) !== markOf(now)) this.queries.removeQueries({ queryKey: ['personal'] });
    if (before.status === 'signedIn' && now.status === 'expired') this.#channel?.tell('ended');
    if (before.status !== 'signedIn' && now.status === 'signedIn') {
      forgetTarget();
      if (now.login) this.#channel?.tell('signedIn');
    }
    for (const listener of this.#listeners) listener();
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    const wait = nextCheckIn(this.#state, Date.now(), this.#options.pollInterval);
    if (wait !== undefined && this.#channel) this.#timer = setTimeout(this.check, wait);
  }

  #fetchOption(): { fetch?: typeof globalThis.fetch } {
    return this.#options.fetch ? { fetch: this.#options.fetch } : {};
  }
}

/** Tell one session from the next; `undefined` where there is none. */
function markOf(state: SessionState): string | undefined {
  return state.status === 'signedIn' ? state.session.created_at : undefined;
}
