/** Session state for a SPA behind Cloakroom, without looks. */
export type { LoginError } from './address-bar.ts';
export { ApiError, type ApiFailure, isPassing } from './api-error.ts';
export { type ApiRequestOptions, apiRequest } from './api-request.ts';
export { LoginLink, type LoginLinkProps } from './login-link.tsx';
export { SessionProvider, type SessionProviderProps } from './session-provider.tsx';
export type { Outage, SessionState } from './session-state.ts';
export { useApiRequest } from './use-api-request.ts';
export { useCheckSession } from './use-check-session.ts';
export { type LogoutState, useLogout } from './use-logout.ts';
export { useProviders } from './use-providers.ts';
export { useSession } from './use-session.ts';
export { type TopupState, useTopup } from './use-topup.ts';
export { type UserInfoState, useUserInfo } from './use-user-info.ts';
