import { randomInt } from 'node:crypto';
import { sameSecret } from '../../provider/same-secret.ts';

/** A mail with a code that proves that somebody reads this address. */
export interface VerificationMail {
  to: string;
  name: string;
  /** Six digits. */
  code: string;
  /** Milliseconds since the epoch. */
  sent: number;
  expires: number;
  used: boolean;
}

/** The mails that would have been sent: nothing leaves this machine. */
export class Mailbox {
  #mails: VerificationMail[] = [];

  reset(): void {
    this.#mails = [];
  }

  /** List all mails, the latest first. */
  all(): VerificationMail[] {
    return this.#mails.toReversed();
  }

  sendCode(to: { email: string; name: string }, times: { now: number; seconds: number }): void {
    const code = String(randomInt(1_000_000)).padStart(6, '0');
    const expires = times.now + times.seconds * 1000;
    this.#mails.push({ to: to.email, name: to.name, code, sent: times.now, expires, used: false });
  }

  /** Find the last code of an address, as long as it is good. */
  codeOf(email: string, now: number): string | undefined {
    const last = this.#mails.findLast((mail) => mail.to === email);
    return last !== undefined && !last.used && last.expires > now ? last.code : undefined;
  }

  useCode(email: string): void {
    const last = this.#mails.findLast((mail) => mail.to === email);
    if (last !== undefined) last.used = true;
  }

  /** Say whether this is the last code that was sent to an address. */
  isCodeOf(email: string, presented: string, now: number): boolean {
    const code = this.codeOf(email, now);
    return code !== undefined && sameSecret(presented, code);
  }
}
