import { Agent, buildConnector, request } from 'undici';

/** Why a provider gave no answer that could be used. */
export type ProviderFailure =
  /** No connection came about: nothing was sent. */
  | 'unreachable'
  /** The connection was lost before an answer began: nobody knows what arrived. */
  | 'lost'
  /** No complete answer in time. */
  | 'timeout'
  /** The answer broke off, or was larger than allowed. */
  | 'broken';

/** Whether a status says that the provider has no answer now, rather than that the call was wrong. */
export const isOutageStatus = (status: number) => status === 408 || status === 429 || status >= 500;

/** A call to a provider that brought no answer. */
export class ProviderRequestError extends Error {
  readonly failure: ProviderFailure;

  constructor(failure: ProviderFailure, cause?: unknown) {
    super(`The provider gave no answer: ${failure}`, { cause });
    this.name = 'ProviderRequestError';
    this.failure = failure;
  }
}

export interface ProviderAnswer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  /** Bounded; never decompressed, for nothing compressed is asked for. */
  body: string;
}

export interface ProviderRequest {
  url: string;
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  headers: Record<string, string>;
  body?: string | Buffer;
  /** Of the answer's body. Default 1 MiB. */
  maxBytes?: number;
  /** Ends the call early. Never given to a token request, whose answer must not be lost. */
  signal?: AbortSignal;
}

/** Calls a provider: bounded in time and size, redirects not followed, nothing tried twice. */
export interface ProviderClient {
  send(call: ProviderRequest): Promise<ProviderAnswer>;
  close(): Promise<void>;
}

/** Bytes of an answer's body. */
const MAX_BYTES = 1024 * 1024;

/** @param timeout milliseconds for a whole call, from the connection to the last byte */
export function createProviderClient(timeout: number): ProviderClient {
  // One bound on the whole call, below; only a connection that does not come about ends sooner.
  const connect = telling(buildConnector({ timeout: timeout * 0.8 }));
  const bounds = { connect, headersTimeout: 0, bodyTimeout: 0 };
  const pooled = new Agent(bounds);
  // A kept connection may close at the moment it is used again, and then nobody knows whether the
  // request arrived. What must not be sent twice gets a connection of its own.
  const single = new Agent({ ...bounds, pipelining: 0 });

  return {
    async send({ url, method, headers, body, maxBytes = MAX_BYTES, signal }) {
      const tooLate = AbortSignal.timeout(timeout);
      let answering = false;
      try {
        const answer = await request(url, {
          method,
          headers: { ...headers, 'accept-encoding': 'identity' },
          body: body ?? null,
          signal: signal ? AbortSignal.any([tooLate, signal]) : tooLate,
          dispatcher: method === 'GET' ? pooled : single,
        });
        answering = true;
        const text = await readAtMost(answer.body, maxBytes);
        return { status: answer.statusCode, headers: answer.headers, body: text };
      } catch (cause) {
        if (cause instanceof ProviderRequestError) throw cause;
        if (tooLate.aborted) throw new ProviderRequestError('timeout', cause);
        throw new ProviderRequestError(answering ? 'broken' : 'lost', cause);
      }
    },
    async close() {
      await Promise.all([pooled.destroy(), single.destroy()]);
    },
  };
}

/** Tell a connection that did not come about, its TLS included, from one that was lost later. */
function telling(connect: buildConnector.connector): buildConnector.connector {
  return (options, callback) =>
    connect(options, (error, socket) => {
      if (error) callback(new ProviderRequestError('unreachable', error), null);
      else callback(null, socket);
    });
}

async function readAtMost(body: AsyncIterable<Buffer>, limit: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > limit) throw new ProviderRequestError('broken', `more than ${limit} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
