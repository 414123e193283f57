import type { SessionUser } from '@cloakroom/contract/session';

/** What is kept of a session: written once, when it opens. Times in milliseconds since the epoch. */
export interface SessionRecord {
  /** Id of the provider that vouched. */
  provider: string;
  user: SessionUser;
  /** What the browser may see of the user, where the provider cannot be asked for it again. */
  userInfo?: Record<string, unknown>;
  /** The session at the provider, where that names one: it may be ended from there. */
  sid?: string;
  createdAt: number;
  absoluteExpiresAt: number;
  /** Milliseconds without a request after which the session ends. */
  idleTtl: number;
  /** What its user would call the device. */
  device: string;
}
