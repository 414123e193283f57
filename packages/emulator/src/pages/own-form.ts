import type { RequestHandler } from 'express';
import type { BrowserSessions } from './browser-session.ts';

/**
 * Let only a form through that was made for this browser (cross-site request forgery). The body
 * must have been read.
 * @param refuse what a persona says to any other
 */
export function requireOwnForm(sessions: BrowserSessions, refuse: RequestHandler): RequestHandler {
  return (req, res, next) => {
    if (sessions.sentThisForm(req)) next();
    else refuse(req, res, next);
  };
}
