import { setTimeout as sleep } from 'node:timers/promises';
import { ErrorReply } from 'redis';
import type { Log } from '../log.ts';
import { withDeadline } from './deadline.ts';
import { trackPresence } from './presence.ts';
import { type RedisClient, reconnectDelay, redisClient } from './redis-client.ts';
import type { RedisNode, RedisPlace } from './redis-url.ts';
import { checkServer } from './server-check.ts';
import { StoreUnavailableError } from './store.ts';

/** A way to Redis that mends itself: lost connections come back, silent ones are replaced. */
export interface RedisConnection {
  /** @throws StoreUnavailableError where no answer comes in time, or an error */
  ask<T>(command: (client: RedisClient) => Promise<T>): Promise<T>;
  /** The same for a command that succeeds only where Redis takes new data. */
  write<T>(command: (client: RedisClient) => Promise<T>): Promise<T>;
  /** As `Presence` has it; the parts of a cluster are its nodes. */
  backFor(): number;
  close(): Promise<void>;
}

interface Line {
  client: RedisClient;
  /** When something came through last: an answer, or the line itself. */
  heardAt: number;
}

/** Milliseconds that another line may take to come about, and between two tries. */
const MEND_WITHIN = 1000;
const MEND_AGAIN = 500;

/** The part of a store that takes new data: a replica has none, nor has a full memory. */
const WRITES = 'writes';

/** What Redis answers while it takes none, and while it can do nothing at all. */
const TAKES_NO_WRITES = /^(READONLY|OOM|MISCONF|NOREPLICAS)\b/;
const IS_NOT_READY = /^(LOADING|MASTERDOWN)\b/;

/** @param options.timeout milliseconds after which a command counts as unanswered */
export function redisConnection(options: {
  place: RedisPlace;
  timeout: number;
  log: Log;
}): RedisConnection {
  const { place, timeout, log } = options;
  const presence = trackPresence(log);
  /** Lines that were opened so far: the next one begins with another node. */
  let lines = 0;
  let line = open();
  /** Another line is being opened, or was a moment ago. */
  let mending = false;
  /** The server's settings were looked at: once is enough. */
  let checked = false;
  let closed = false;
  void connect(line);

  return {
    ask,
    async write(command) {
      const asked = line;
      const answer = await ask(command);
      if (asked === line) presence.regain(WRITES);
      return answer;
    },
    backFor: presence.backFor,
    async close() {
      closed = true;
      await closeWithin(line.client, timeout);
    },
  };

  async function ask<T>(command: (client: RedisClient) => Promise<T>): Promise<T> {
    const asked = line;
    const answer = command(asked.client);
    // An answer that comes too late still says that somebody is there.
    answer.then(
      () => heard(asked),
      (error) => error instanceof ErrorReply && !IS_NOT_READY.test(error.message) && heard(asked),
    );
    try {
      return await withDeadline(answer, timeout);
    } catch (error) {
      const isSilent = error instanceof StoreUnavailableError;
      if (asked === line && !closed) {
        if (isSilent) unanswered(answer, reasonOf(error.cause));
        else if (error instanceof ErrorReply) unable(error.message);
        else refused(asked);
      }
      throw isSilent ? error : new StoreUnavailableError(error);
    }
  }

  function open(): Line {
    const client = redisClient(place, { timeout, turn: lines });
    lines += 1;
    const isInUse = () => client === line.client && !closed;
    const onLoss = (error: unknown, node?: RedisNode) => {
      if (isInUse()) presence.lose(reasonOf(error), nameOf(node));
    };
    const onGain = (node?: RedisNode) => {
      if (isInUse()) presence.regain(nameOf(node));
    };
    for (const event of ['error', 'node-error'] as const) client.on(event, onLoss);
    for (const event of ['ready', 'node-ready', 'node-disconnect'] as const)
      client.on(event, onGain);
    return { client, heardAt: performance.now() };
  }

  /** Connect for the first time, however long that takes: a cluster that is away refuses at once. */
  async function connect(first: Line): Promise<void> {
    for (let retries = 0; !closed && first === line; retries += 1) {
      try {
        await first.client.connect();
        presence.regain();
        return check();
      } catch (err) {
        log.debug({ event: 'store.not_connected', err });
      }
      await sleep(reconnectDelay(retries), undefined, { ref: false });
    }
  }

  function check(): void {
    if (!checked) void checkServer(line.client, log);
    checked = true;
  }

  function heard(asked: Line): void {
    asked.heardAt = performance.now();
    if (asked === line) presence.regain();
  }

  /**
   * A network may drop a connection without a word, be it to one node of several: nothing ever tells
   * of that but a command without an answer.
   */
  function unanswered(answer: Promise<unknown>, reason: string): void {
    if (place.kind === 'cluster') loseSomeNode(answer, reason);
    else presence.lose(reason);
    void mend();
  }

  /** Nobody knows which node it is: it is away until this very command comes to an end. */
  function loseSomeNode(answer: Promise<unknown>, reason: string): void {
    const ended = () => closed || presence.regain(answer);
    answer.then(ended, ended);
    presence.lose(reason, answer);
  }

  /** Note what an error says of Redis as a whole, if it says anything of it. */
  function unable(message: string): void {
    if (place.kind === 'cluster') return;
    if (IS_NOT_READY.test(message)) presence.lose(message);
    if (TAKES_NO_WRITES.test(message)) presence.lose(message, WRITES);
    // After a failover one address may lead to another server, while this line stays where it was.
    if (/^(READONLY|MASTERDOWN)/.test(message)) void mend();
  }

  /** Why there is no connection, it has said itself; but a handshake may wait for ever. */
  function refused(asked: Line): void {
    // The other nodes of a cluster go on.
    if (place.kind !== 'cluster') presence.miss();
    if (performance.now() - asked.heardAt >= timeout) void mend();
  }

  /** Open another line beside the one there is, and change over once it stands. */
  async function mend(): Promise<void> {
    if (mending) return;
    mending = true;
    const next = open();
    try {
      await withDeadline(next.client.connect(), Math.min(timeout, MEND_WITHIN));
      if (!closed) changeTo(next);
    } catch (err) {
      log.debug({ event: 'store.not_connected', err });
    }
    if (line !== next) destroy(next.client);
    await sleep(MEND_AGAIN, undefined, { ref: false });
    mending = false;
  }

  function changeTo(next: Line): void {
    const { client, heardAt } = line;
    line = next;
    // What still answers may finish.
    if (performance.now() - heardAt < timeout) void closeWithin(client, timeout);
    else destroy(client);
    presence.regainAll(WRITES);
    check();
  }
}

async function closeWithin(client: RedisClient, timeout: number): Promise<void> {
  if (client.isReady) {
    await withDeadline(Promise.resolve(client.close()), timeout).catch(() => {});
  }
  if (client.isOpen) destroy(client);
}

function destroy(client: RedisClient): void {
  try {
    client.destroy();
  } catch {
    // It never came to be open.
  }
}

function nameOf(node: RedisNode | undefined): string | undefined {
  return node && `${node.host}:${node.port}`;
}

/** Some errors are texts, and one that stands for several has its reason in its code. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.message || ('code' in error && String(error.code)) || error.name;
}
