/** How far a refresh token that was sent came. */
type Fate =
  | 'under way'
  | 'answered'
  /** The provider said that it is good for nothing: no harm in sending it again. */
  | 'refused'
  /** The provider did nothing with it, and the client knows of no answer. */
  | 'not processed'
  /** Used, but its answer was lost, or who got it was killed: nobody can know. */
  | 'accident';

/** What a person allowed: the tokens of one session, as the provider knows them. */
export class Grant {
  readonly name: string;
  readonly user: number;
  /** A refresh token has no successor, and is never sent twice, whatever became of it. */
  readonly oneShot: boolean;
  revoked: false | 'by the user' | 'reuse after an accident' | 'reuse' = false;
  /** A refresh did not go well: somebody may be put off. */
  troubled = false;
  readonly violations: string[] = [];
  #count = 0;
  readonly #refreshing = new Set<string>();
  readonly #sent = new Map<string, { fate: Fate; by: string }>();

  constructor(name: string, { user, oneShot }: { user: number; oneShot: boolean }) {
    this.name = name;
    this.user = user;
    this.oneShot = oneShot;
  }

  /** The refresh token that is good now. */
  get refreshToken(): string {
    return `r-${this.name}-${this.#count}`;
  }

  get accessToken(): string {
    return `a-${this.name}-${this.#count}`;
  }

  /** Whether a refresh token was ever sent: one that was not is nobody's excuse. */
  get wasSent(): boolean {
    return this.#sent.size > 0;
  }

  /** A process sends a refresh token: never a second time, and never two at once. */
  send(token: string, by: string): void {
    const before = this.#sent.get(token);
    const atAll = this.oneShot && before !== undefined && before.fate !== 'refused';
    if (atAll || before?.fate === 'under way' || before?.fate === 'answered') {
      this.violations.push(`${token} was sent by ${before.by} (${before.fate}) and again by ${by}`);
    }
    if (before?.fate !== 'accident') this.#sent.set(token, { fate: 'under way', by });
    this.#refreshing.add(by);
    if (this.#refreshing.size > 1) {
      this.violations.push(`${[...this.#refreshing].join(' and ')} refresh ${this.name} at once`);
    }
  }

  /** The provider takes a refresh token. @returns whether it is good */
  use(token: string): boolean {
    if (this.revoked) return false;
    if (token !== this.refreshToken) {
      const accident = this.#sent.get(token)?.fate === 'accident';
      this.revoked = accident ? 'reuse after an accident' : 'reuse';
      return false;
    }
    this.#count += 1;
    return true;
  }

  /** The call of a process ended. */
  settle(token: string, { by, fate }: { by: string; fate: Exclude<Fate, 'under way'> }): void {
    this.#refreshing.delete(by);
    if (this.#sent.get(token)?.fate !== 'accident') this.#sent.set(token, { fate, by });
  }

  /** A process was killed: what it sent or was told last may be lost. */
  lose(process: string): void {
    this.#refreshing.delete(process);
    const last = [...this.#sent].at(-1);
    if (last === undefined || last[1].by !== process || last[1].fate === 'refused') return;
    this.#sent.set(last[0], { fate: 'accident', by: process });
  }
}
