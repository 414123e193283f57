import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createClient } from 'redis';
import { type LocalRedis, startLocalRedis } from '../../../scripts/local-redis.ts';
import { answersPing } from '../../../scripts/redis-ping.ts';

/** A Redis server that tests break and mend. It writes every change to disk and keeps its place. */
export class FaultyRedis {
  readonly url: string;
  #server: LocalRedis;
  #folder: string;

  private constructor(server: LocalRedis, folder: string) {
    this.#server = server;
    this.#folder = folder;
    this.url = server.url;
  }

  static async start(): Promise<FaultyRedis> {
    const folder = await newFolder();
    return new FaultyRedis(await startLocalRedis({ args: keepingIn(folder) }), folder);
  }

  /** Ask the server itself, over a connection that ends with the answer. */
  tell(...command: string[]): Promise<string> {
    return tellRedis(this.url, ...command);
  }

  /** As when the power fails: nothing is said, and nothing written, at the end. */
  async kill(): Promise<void> {
    process.kill(this.#server.pid, 'SIGKILL');
    await this.#server.stop();
  }

  /** Come back after a kill, with what is on the disk. */
  async restart(...args: string[]): Promise<void> {
    const { port } = this.#server;
    this.#server = await startLocalRedis({ port, args: [...keepingIn(this.#folder), ...args] });
  }

  /** Come back after a kill, on an empty disk. */
  async restartEmpty(): Promise<void> {
    await rm(this.#folder, { recursive: true });
    this.#folder = await newFolder();
    await this.restart();
  }

  /** Stand still: connections stay open, and nothing is answered. */
  async freeze(): Promise<void> {
    process.kill(this.#server.pid, 'SIGSTOP');
  }

  async thaw(): Promise<void> {
    process.kill(this.#server.pid, 'SIGCONT');
  }

  async untilAnswering(): Promise<void> {
    while (!(await answersPing(this.#server.port))) await delay(20);
  }

  async stop(): Promise<void> {
    await this.#server.stop();
    await rm(this.#folder, { recursive: true });
  }
}

/** Send one command to the server of this URL. @returns its answer as text, lists in one line */
export async function tellRedis(url: string, ...command: string[]): Promise<string> {
  const client = createClient({ url, RESP: 2, socket: { reconnectStrategy: false } });
  client.on('error', () => {}); // the caller gets it too
  await client.connect();
  try {
    const reply = await client.sendCommand(command);
    return Array.isArray(reply) ? reply.flat().join(' ') : String(reply);
  } finally {
    client.destroy();
  }
}

const newFolder = () => mkdtemp(join(tmpdir(), 'cloakroom-faulty-redis-'));

function keepingIn(folder: string): string[] {
  return ['--dir', folder, '--appendonly', 'yes', '--appendfsync', 'always'];
}
