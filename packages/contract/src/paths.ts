/** The paths of the BFF, as the SPA calls them. */
export const PATHS = {
  start: '/auth/oauth/start',
  callback: '/oauth/callback',
  session: '/auth/session',
  sessions: '/auth/sessions',
  providers: '/auth/providers',
  logout: '/auth/logout',
  logoutAll: '/auth/logout/all',
  logoutContinue: '/auth/logout/continue',
  passwordSignIn: '/auth/password/signin',
  passwordSignUp: '/auth/password/signup',
  verifyEmail: '/auth/password/verify-email',
  backchannelLogout: '/oauth/backchannel-logout',
  userInfo: '/api/user/info',
  topup: '/api/user/topup',
  resources: '/api/provider',
  health: '/healthz',
  ready: '/readyz',
} as const;

/** The header that every state-changing call carries: no other site can add it without a preflight. */
export const CSRF_HEADER = { name: 'X-CSRF', value: '1' } as const;

/**
 * Where a login begins: navigate the whole page there.
 * @param options.returnTo a local path to come back to; anything else counts as `/`
 */
export function startUrl(options: { provider?: string; returnTo?: string } = {}): string {
  const query = new URLSearchParams();
  if (options.provider !== undefined) query.set('provider', options.provider);
  if (options.returnTo !== undefined) query.set('return_to', options.returnTo);
  return query.size === 0 ? PATHS.start : `${PATHS.start}?${query}`;
}
