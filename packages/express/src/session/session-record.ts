import type { SessionUser } from '@cloakroom/contract/session';

/** What is kept of a session: written once, when it opens. Times in milliseconds since the epoch. */
export interface SessionRecord {
  /** Id of the provider that vouched. */
  provider: string;
  user: SessionUser;
  createdAt: number;
  absoluteExpiresAt: number;
  /** Milliseconds without a request after which the session ends. */
  idleTtl: number;
  /** What its user would call the device. */
  device: string;
}
