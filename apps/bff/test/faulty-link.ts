import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** The network between a BFF and a server on this machine: a TCP proxy that delays and loses. */
export class FaultyLink {
  #to: number;
  readonly #sockets = new Set<Socket>();
  readonly #lost = new WeakSet<Socket>();
  readonly #server = createServer((near) => this.#join(near));
  #mended = new AbortController();
  #oneWayMs = 0;
  #swallowing = false;

  private constructor(to: number) {
    this.#to = to;
  }

  /** @param at the port of this end; any by default */
  static async open(to: number, at = 0): Promise<FaultyLink> {
    const link = new FaultyLink(to);
    await new Promise<void>((resolve) => link.#server.listen(at, '127.0.0.1', resolve));
    return link;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Lead to another server from now on; connections that are open stay where they are. */
  moveTo(port: number): void {
    this.#to = port;
  }

  /** Let everything arrive so many milliseconds late, in each direction. */
  delay(oneWayMs: number): void {
    this.#oneWayMs = oneWayMs;
  }

  /**
   * Lose everything without a word, as a firewall does that has forgotten its connections: those
   * that are open, and those that are opened meanwhile, stay open and silent for ever.
   */
  swallow(): void {
    this.#swallowing = true;
    for (const socket of this.#sockets) this.#lost.add(socket);
  }

  /** What is late arrives now, and new connections work. What was lost stays lost. */
  mend(): void {
    this.#oneWayMs = 0;
    this.#swallowing = false;
    this.#mended.abort();
    this.#mended = new AbortController();
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  #join(near: Socket): void {
    const far = connect(this.#to, '127.0.0.1');
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#sockets.add(from);
      if (this.#swallowing) this.#lost.add(from);
      this.#carry(from, to);
      from.on('error', () => {});
      from.on('close', () => {
        this.#sockets.delete(from);
        // Who lost the connection does not hear of its end, either.
        if (from === near || !this.#lost.has(to)) to.destroy();
      });
    }
  }

  /** In order, each piece as late as the link is when it sets out. */
  #carry(from: Socket, to: Socket): void {
    let before = Promise.resolve();
    from.on('data', (piece) => {
      const late = delay(this.#oneWayMs, undefined, { signal: this.#mended.signal });
      const earlier = before;
      before = late
        .catch(() => {})
        .then(async () => {
          await earlier;
          if (!this.#lost.has(from) && !to.destroyed) to.write(piece);
        });
    });
  }
}
