import { setTimeout as delay } from 'node:timers/promises';
import { type LocalRedis, startLocalRedis } from '../../../scripts/local-redis.ts';
import { tellRedis } from './faulty-redis.ts';
import { type RedisSentinel, startRedisSentinel } from './redis-sentinel.ts';

/** A primary, three replicas, and three sentinels that watch them as `main`: all ask for a password. */
export class WatchedRedis {
  readonly servers: LocalRedis[] = [];
  readonly sentinels: RedisSentinel[] = [];
  readonly #password: string;

  private constructor(password: string) {
    this.#password = password;
  }

  /** Start them, and wait until all know of each other. */
  static async start(password: string): Promise<WatchedRedis> {
    const watched = new WatchedRedis(password);
    const passwords = ['--requirepass', password, '--masterauth', password];
    const args = [...passwords, '--repl-diskless-sync-delay', '0'];
    const first = await startLocalRedis({ args });
    args.push('--replicaof', '127.0.0.1', String(first.port));
    const replicas = [1, 2, 3].map(() => startLocalRedis({ args }));
    watched.servers.push(first, ...(await Promise.all(replicas)));
    // A sentinel that comes before the replicas learns of them ten seconds later.
    await until(() => watched.#tell(first, 'ROLE'), /(127\.0\.0\.1.*){3}/);
    const sentinels = [1, 2, 3].map(() => startRedisSentinel(first.port, password));
    watched.sentinels.push(...(await Promise.all(sentinels)));
    for (const sentinel of watched.sentinels) {
      const known = () => watched.#tell(sentinel, 'SENTINEL', 'MASTER', 'main');
      await until(known, /num-slaves 3 num-other-sentinels 2/);
    }
    return watched;
  }

  /** The sentinels, as a URL names them. */
  get hosts(): string {
    return this.sentinels.map(({ port }) => `127.0.0.1:${port}`).join(',');
  }

  /** The server that the sentinels take for the primary, and that takes itself for it. */
  async primary(): Promise<LocalRedis | undefined> {
    const ask = ['SENTINEL', 'GET-MASTER-ADDR-BY-NAME', 'main'];
    const answers = this.sentinels.map(async (sentinel) => {
      const port = Number((await this.#tell(sentinel, ...ask)).split(' ')[1]);
      const found = this.servers.find((server) => server.port === port);
      if (found === undefined) throw new Error('another one may know');
      return found;
    });
    const named = await Promise.any(answers).catch(() => undefined);
    return named && (await this.#tell(named, 'ROLE')).startsWith('master') ? named : undefined;
  }

  /** Number of keys that the primary of the moment has. */
  async size(): Promise<number> {
    const primary = await this.primary();
    return primary === undefined ? Number.NaN : Number(await this.#tell(primary, 'DBSIZE'));
  }

  /** Let a replica take the place of the primary, both alive. */
  async move(): Promise<void> {
    const [, second] = this.sentinels; // the first may be out of order
    if (second) await until(() => this.#tell(second, 'SENTINEL', 'FAILOVER', 'main'), /OK/);
  }

  /** Wait until every server that is alive has what the primary has now. */
  async untilReplicated(): Promise<void> {
    const pongs = await Promise.all(this.servers.map((server) => this.#tell(server, 'PING')));
    const replicas = pongs.filter((pong) => pong === 'PONG').length - 1;
    let goal = Number.NaN;
    for (;;) {
      const { own, told } = await this.#offsets();
      if (Number.isNaN(goal)) goal = own;
      if (told.filter((offset) => offset >= goal).length >= replicas) return;
      await delay(50);
    }
  }

  async tellServers(...command: string[]): Promise<void> {
    for (const server of this.servers) await this.#tell(server, ...command);
  }

  async tellSentinels(...command: string[]): Promise<void> {
    for (const sentinel of this.sentinels) await this.#tell(sentinel, ...command);
  }

  async stop(): Promise<void> {
    await Promise.all([...this.servers, ...this.sentinels].map((each) => each.stop()));
  }

  /** How far the primary has come, and how far its replicas have told it that they have. */
  async #offsets(): Promise<{ own: number; told: number[] }> {
    const primary = await this.primary();
    const role = primary === undefined ? '' : await this.#tell(primary, 'ROLE');
    const told = [...role.matchAll(/127\.0\.0\.1,\d+,(\d+)/g)].map(([, offset]) => Number(offset));
    return { own: Number(role.split(' ')[1]), told };
  }

  /** @returns nothing where there is no answer: one that stands still does not even say no */
  #tell({ port }: { port: number }, ...command: string[]): Promise<string> {
    const url = `redis://:${this.#password}@127.0.0.1:${port}`;
    return Promise.race([tellRedis(url, ...command).catch(() => ''), delay(1000, '')]);
  }
}

async function until(ask: () => Promise<string>, expected: RegExp): Promise<void> {
  while (!expected.test(await ask())) await delay(50);
}
