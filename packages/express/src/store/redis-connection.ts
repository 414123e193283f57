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
  let line = open();

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
    const opened: Line = { client: redisClient(place, timeout), heardAt: performance.now() };
    const { client } = opened;
    const whileInUse =
      <T>(listener: (event: T) => void) =>
      (event: T) => {
        if (opened === line) listener(event);
      };
    // A cluster tells of each of its nodes.
    client.on('error', whileInUse(onLoss));
    client.on('node-error', whileInUse(onLoss));
    client.on('ready', whileInUse(onReady));
    client.on('node-ready', whileInUse(onReady));
    void connect(opened);
    return opened;
  }

  /** Connect for the first time, however long that takes: a cluster that is away refuses at once. */
  async function connect(opened: Line): Promise<void> {
    for (let retries = 0; !closed && (retries === 0 || opened === line); retries += 1) {
      try {
        await opened.client.connect();
        return await checkServer(opened.client, log);
      } catch (err) {
        log.debug({ event: 'store.not_connected', err });
      }
      await sleep(reconnectDelay(retries), undefined, { ref: false });
    }
  }

  function onLoss(error: Error): void {
    lostNode = true;
    leave(error.message);
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
   * A network may drop a connection without a word, and a handshake may wait for ever: where nothing
   * came through for as long as a command may take, a new line is opened.
   */
  function missed(asked: Line, error: unknown): void {
    if (asked !== line || closed) return;
    leave(error instanceof Error ? error.message : 'no answer');
    if (performance.now() - asked.heardAt < timeout) return;
    line = open();
    asked.client.destroy();
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
