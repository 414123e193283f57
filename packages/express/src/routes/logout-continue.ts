import type { RequestHandler } from 'express';
import type { Log } from '../log.ts';
import type { LogoutTickets } from '../login/logout-ticket.ts';
import { redirect } from '../redirect.ts';

/**
 * `GET /auth/logout/continue/<ticket>`: on to the provider's own sign-out; home with any other ticket,
 * and where the store is away: the session has ended here in any case.
 */
export function logoutContinue(options: {
  logoutTickets: LogoutTickets;
  log: Log;
}): RequestHandler {
  const { logoutTickets, log } = options;

  return async (req, res) => {
    const destination = await logoutTickets.redeem(String(req.params.ticket)).catch((err) => {
      log.warn({ event: 'session.logged_out_here_only', err });
    });
    redirect(res, destination ?? '/');
  };
}
