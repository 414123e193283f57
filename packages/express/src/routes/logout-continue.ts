import type { RequestHandler } from 'express';
import type { LogoutTickets } from '../login/logout-ticket.ts';
import { redirect } from '../redirect.ts';

/** `GET /auth/logout/continue/<ticket>`: on to the provider's own sign-out; home with any other ticket. */
export function logoutContinue(options: { logoutTickets: LogoutTickets }): RequestHandler {
  return async (req, res) => {
    const destination = await options.logoutTickets.redeem(String(req.params.ticket));
    redirect(res, destination ?? '/');
  };
}
