import type { ApiErrorCode } from '@cloakroom/contract/error-codes';
import { PATHS } from '@cloakroom/contract/paths';
import { PROBLEMS } from '@cloakroom/contract/problem';
import type { AuthenticatedSession } from '@cloakroom/contract/session';

/** How a fake BFF answers one path: now, later, or by never answering. */
export type Answer = () => Response | Promise<Response>;

const HOUR = 3_600_000;

/** Make a session that began just now. */
export function sessionOf(username: string, createdAt = Date.now()): AuthenticatedSession {
  return {
    authenticated: true,
    provider: 'acme',
    user: { id: username, username },
    created_at: new Date(createdAt).toISOString(),
    idle_expires_at: new Date(Date.now() + 12 * HOUR).toISOString(),
    absolute_expires_at: new Date(Date.now() + 720 * HOUR).toISOString(),
  };
}

/** Answer with JSON. */
export function json(body: unknown): Answer {
  return () => Response.json(body);
}

/** Answer with problem details. */
export function problem(error: ApiErrorCode, headers: Record<string, string> = {}): Answer {
  const { status, title } = PROBLEMS[error];
  const body = { type: 'about:blank', title, status, detail: '', error, request_id: 'r-1' };
  const type = { 'Content-Type': 'application/problem+json' };
  return () => new Response(JSON.stringify(body), { status, headers: { ...type, ...headers } });
}

/** No network. */
export const noAnswer: Answer = () => Promise.reject(new TypeError('fetch failed'));

/** Answer when the test says so. */
export function held(answer: Answer): { answer: Answer; release: () => void } {
  const gate = Promise.withResolvers<void>();
  return { answer: () => gate.promise.then(answer), release: gate.resolve };
}

/** A BFF in the place of `fetch`: what it answers can change, and what it was asked is kept. */
export class FakeBff {
  readonly calls: { path: string; method: string; headers: Headers; body: unknown }[] = [];
  readonly answers: Record<string, Answer> = {
    [PATHS.session]: json({ authenticated: false }),
    [PATHS.providers]: json([]),
    [PATHS.logout]: json({ logout_url: null }),
  };

  fetch: typeof globalThis.fetch = async (input, init) => {
    const path = String(input);
    this.calls.push({
      path,
      method: init?.method ?? 'GET',
      headers: new Headers(init?.headers),
      body: typeof init?.body === 'string' ? JSON.parse(init.body) : undefined,
    });
    const answer = this.answers[path] ?? problem('not_found');
    return answer();
  };

  signIn(username: string): void {
    this.answers[PATHS.session] = json(sessionOf(username));
    this.answers[PATHS.userInfo] = json({ id: username, username, balance_formatted: '750.00' });
  }

  signOut(): void {
    this.answers[PATHS.session] = json({ authenticated: false });
    this.answers[PATHS.userInfo] = problem('not_authenticated');
  }

  timesAsked(path: string): number {
    return this.calls.filter((call) => call.path === path).length;
  }
}
