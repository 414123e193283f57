import { WEICHEN } from './weichen.ts';
import { YATING } from './yating.ts';

/** Where knowledge comes from, by the names of the provider's document. */
export const INTEGRATION_TYPES = [
  'google_drive',
  'slack',
  'dropbox',
  'gmail',
  'common_knowledge',
  'memory',
] as const;

export type IntegrationType = (typeof INTEGRATION_TYPES)[number];

/** An account somewhere that this person connected. */
export interface DemoIntegration {
  id: number;
  type: IntegrationType;
  /** Whose account, or which workspace. */
  source: string;
}

/** A file, a mail or a page. Its chunks are what search finds. */
export interface DemoDocument {
  id: number;
  integration: IntegrationType;
  /** MIME type. */
  type: string;
  folder: string;
  name: string;
  daysAgo: number;
  /** Default `indexed`. */
  status?: 'indexing' | 'error';
  chunks: readonly string[];
}

export interface DemoMessage {
  hoursAgo: number;
  by: string;
  text: string;
  thread?: readonly DemoMessage[];
}

/** A Slack channel. */
export interface DemoChannel {
  id: number;
  name: string;
  messages: readonly DemoMessage[];
}

export interface DemoMemento {
  id: number;
  name: string;
  /** Ids of documents and channels; all that there is, now and later, where absent. */
  items?: readonly number[];
}

/** Knowledge that somebody published for everybody, and this person added. */
export interface DemoSubscription {
  id: number;
  name: string;
  description: string;
  publisher: string;
  subscribers: number;
  memento: number;
  items: readonly number[];
}

/** What one person keeps here, and what the account API says about them. */
export interface DemoPerson {
  /** The number of `/account/`; `/me/` has the user name instead. */
  accountId: number;
  name: string;
  company: string;
  website: string;
  bio: string;
  team: ReadonlyArray<{ id: string; name: string; image_url: string; role: string }>;
  embedQuota: number;
  integrations: readonly DemoIntegration[];
  documents: readonly DemoDocument[];
  channels: readonly DemoChannel[];
  mementos: readonly DemoMemento[];
  subscriptions: readonly DemoSubscription[];
}

const CONTENT: Readonly<Record<string, DemoPerson>> = { yating: YATING, weichen: WEICHEN };

/** Find what a demo user keeps here. */
export function demoContentOf(username: string): DemoPerson | undefined {
  return Object.hasOwn(CONTENT, username) ? CONTENT[username] : undefined;
}
