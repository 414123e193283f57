import { connect } from 'node:net';

const ANSWER_WITHIN_MS = 500;

/**
 * Ask the Redis server on a loopback port whether it can serve. Speaks the protocol itself, so that
 * it needs no client. A server that wants a password first counts as one that can.
 */
export function answersPing(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    const answer = (ready: boolean) => {
      socket.destroy();
      resolve(ready);
    };
    socket.setTimeout(ANSWER_WITHIN_MS, () => answer(false));
    socket.once('error', () => answer(false));
    socket.once('close', () => answer(false));
    socket.once('connect', () => socket.write('*1\r\n$4\r\nPING\r\n'));
    socket.once('data', (reply) => answer(/^(\+PONG|-NOAUTH)/.test(reply.toString('latin1'))));
  });
}
