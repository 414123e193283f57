import { setTimeout as sleep } from 'node:timers/promises';
import { ErrorReply } from 'redis';
import type { Log } from '../log.ts';
import { withDeadline } from './deadline.ts';
import { type RedisClient, reconnectDelay, redisClient } from './redis-client.ts';
import type { RedisPlace } from './redis-url.ts';
import { checkServer } from './server-check.ts';
import { StoreUnavailableError } from './store.ts';

/** A way to Redis that mends itself: lost connections come back, silent ones are replaced. */
export interface RedisConnection {
  /** @throws StoreUnavailableError where no answer comes in time, or an error */
  ask<T>(command: (client: RedisClient) => Promise<T>): Promise<T>;
  /** Milliseconds since Redis came back after it had been away; 0 while it is; `Infinity` if it never was. */
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

/** @param options.timeout milliseconds after which a command counts as unanswered */
export function redisConnection(options: {
  place: RedisPlace;
  timeout: number;
  log: Log;
}): RedisConnection {
  const { place, timeout, log } = options;
  let closed = false;
  let reached = false;
  let away = true;
  let told = false;
  let lostNode = false;
  let backAt = Number.NEGATIVE_INFINITY;
  let lines = 0;
  let mending = false;
  let checked = false;
  let line = open();
  void connect(line);

  return {
    async ask(command) {
      const asked = line;
      const answer = command(asked.client);
      // An answer that comes too late still says that somebody is there.
      answer.then(
        () => heard(asked),
        (error) => error instanceof ErrorReply && heard(asked),
      );
      try {
        return await withDeadline(answer, timeout);
      } catch (error) {
        if (!(error instanceof ErrorReply)) missed(asked, error);
        throw error instanceof StoreUnavailableError ? error : new StoreUnavailableError(error);
      }
    },
    backFor: () => (away && reached ? 0 : performance.now() - backAt),
    async close() {
      closed = true;
      const { client } = line;
      if (client.isReady) {
        await withDeadline(Promise.resolve(client.close()), timeout).catch(() => {});
      }
      if (client.isOpen) client.destroy();
    },
  };

  function open(): Line {
    const client = redisClient(place, { timeout, turn: lines });
    const opened: Line = { client, heardAt: performance.now() };
    lines += 1;
    const whileInUse = (listener: (event: unknown) => void) => (event: unknown) => {
      if (opened === line) listener(event);
    };
    // A cluster tells of each of its nodes.
    client.on('error', whileInUse(onLoss));
    client.on('node-error', whileInUse(onLoss));
    client.on('ready', whileInUse(onReady));
    client.on('node-ready', whileInUse(onReady));
    return opened;
  }

  /** Connect for the first time, however long that takes: a cluster that is away refuses at once. */
  async function connect(first: Line): Promise<void> {
    for (let retries = 0; !closed && first === line; retries += 1) {
      try {
        await first.client.connect();
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

  function onLoss(error: unknown): void {
    lostNode = true;
    leave(reasonOf(error));
  }

  function onReady(): void {
    if (lostNode) backAt = performance.now();
    lostNode = false;
    comeBack();
  }

  function heard(asked: Line): void {
    asked.heardAt = performance.now();
    if (asked === line) comeBack();
  }

  /**
   * A network may drop a connection without a word, be it to one node of several, and a handshake
   * may wait for ever: nothing ever tells of that but a command without an answer.
   */
  function missed(asked: Line, error: unknown): void {
    if (asked !== line || closed) return;
    const isSilent = error instanceof StoreUnavailableError;
    // Why there is no connection, the connection itself has said.
    if (isSilent) leave(reasonOf(error.cause));
    away = true;
    if (isSilent || performance.now() - asked.heardAt >= timeout) void mend();
  }

  /** Open another line beside the one there is, and change over once it stands. */
  async function mend(): Promise<void> {
    if (mending) return;
    mending = true;
    const next = open();
    try {
      await withDeadline(next.client.connect(), Math.min(timeout, MEND_WITHIN));
      const { client } = line;
      line = closed ? line : next;
      if (line === next) destroy(client);
      lostNode = true;
      onReady();
      check();
    } catch (err) {
      log.debug({ event: 'store.not_connected', err });
    }
    if (line !== next) destroy(next.client);
    await sleep(MEND_AGAIN, undefined, { ref: false });
    mending = false;
  }

  /** Said once, not at every attempt. */
  function leave(reason: string): void {
    if (!told) log.error({ event: 'store.lost', reason });
    told = true;
    away = true;
  }

  function comeBack(): void {
    if (!away) return;
    away = false;
    told = false;
    if (reached) backAt = performance.now();
    reached = true;
    log.info({ event: 'store.ready' });
  }
}

function destroy(client: RedisClient): void {
  try {
    client.destroy();
  } catch {
    // It never came to be open.
  }
}

/** Some errors are texts, and one that stands for several has its reason in its code. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.message || ('code' in error && String(error.code)) || error.name;
}
