import { createHash } from 'node:crypto';
import type {
  DemoChannel,
  DemoDocument,
  DemoMessage,
  IntegrationType,
} from '../content/demo-content.ts';

/** An account somewhere that knowledge comes from. */
export interface Integration {
  id: number;
  type: IntegrationType;
  source: string;
  /** When the user connected it, in milliseconds since the epoch. */
  since: number;
}

/** One message of a channel; `at` in milliseconds since the epoch. */
export interface Message {
  at: number;
  by: string;
  text: string;
  thread: readonly Message[];
}

/** A document or a channel. Times are milliseconds since the epoch. */
export interface Item {
  id: number;
  documentId: string;
  name: string;
  /** MIME type, or `channel`. */
  type: string;
  folder: string;
  integration: Integration;
  created: number;
  modified: number;
  status: 'indexed' | 'indexing' | 'error';
  /** In bytes. */
  size: number;
  /** The pieces that search finds. */
  chunks: readonly string[];
  /** Of a channel only. */
  messages?: readonly Message[];
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Make an item of a document of the demo, as old as it says. */
export function documentItem(document: DemoDocument, integration: Integration, now: number): Item {
  const { id, name, type, folder, chunks, daysAgo, status = 'indexed' } = document;
  const modified = now - daysAgo * DAY;
  const created = modified - 2 * DAY;
  return { ...describe(id, chunks), name, type, folder, integration, created, modified, status };
}

/** Make an item of a channel of the demo; each message is a piece that search finds. */
export function channelItem(channel: DemoChannel, integration: Integration, now: number): Item {
  const messages = channel.messages.map((message) => at(message, now));
  const chunks = messages
    .flatMap((message) => [message, ...message.thread])
    .map(({ by, text }) => `${by}: ${text}`);
  const times = messages.map((message) => message.at);
  return {
    ...describe(channel.id, chunks),
    name: channel.name,
    type: 'channel',
    folder: integration.source,
    integration,
    created: Math.min(now, ...times),
    modified: Math.max(0, ...times),
    status: 'indexed',
    messages,
  };
}

/** Make an item of what an app asked to remember. */
export function memoryItem(
  memory: { id: number; name: string; content: string },
  integration: Integration,
  now: number,
): Item {
  const chunks = memory.content.split(/\n{2,}/).filter((chunk) => chunk.trim() !== '');
  return {
    ...describe(memory.id, chunks),
    name: memory.name,
    type: 'text/plain',
    folder: 'Memory',
    integration,
    created: now,
    modified: now,
    status: 'indexed',
  };
}

function describe(id: number, chunks: readonly string[]) {
  const documentId = createHash('sha256').update(`document ${id}`).digest('hex').slice(0, 32);
  return { id, documentId, chunks, size: Buffer.byteLength(chunks.join('\n\n')) };
}

function at(message: DemoMessage, now: number): Message {
  const { hoursAgo, by, text, thread = [] } = message;
  return { at: now - hoursAgo * HOUR, by, text, thread: thread.map((reply) => at(reply, now)) };
}
