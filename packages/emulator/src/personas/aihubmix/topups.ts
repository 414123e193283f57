import { randomBytes } from 'node:crypto';

/** A page of one's own to pay at: good for one payment, ten minutes long. */
export interface Topup {
  ticket: string;
  username: string;
  expires: number;
  /** Set once it is paid: credits, milliseconds since the epoch, a number to quote. */
  paid?: { amount: number; at: number; receipt: string };
}

/** A top-up that is paid. */
export type Receipt = Topup & { paid: NonNullable<Topup['paid']> };

const TICKET_LIFE_MS = 600_000;

/** The tickets that top-up links carry. */
export class Topups {
  #topups = new Map<string, Topup>();

  reset(): void {
    this.#topups.clear();
  }

  open(username: string, now: number): Topup {
    const ticket = randomBytes(18).toString('base64url');
    const topup = { ticket, username, expires: now + TICKET_LIFE_MS };
    this.#topups.set(ticket, topup);
    return topup;
  }

  /** Find a ticket that was not paid yet and has not expired. */
  find(ticket: string, now: number): Topup | undefined {
    const topup = this.#topups.get(ticket);
    const open = topup !== undefined && topup.paid === undefined && topup.expires > now;
    return open ? topup : undefined;
  }

  /** Find what a ticket paid for. */
  receipt(ticket: string): Receipt | undefined {
    const topup = this.#topups.get(ticket);
    return topup?.paid === undefined ? undefined : { ...topup, paid: topup.paid };
  }

  pay(topup: Topup, amount: number, now: number): void {
    const receipt = `R-${randomBytes(4).toString('hex').toUpperCase()}`;
    topup.paid = { amount, at: now, receipt };
  }
}
