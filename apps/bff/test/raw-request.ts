import { connect } from 'node:net';
import { expect } from 'vitest';
import type { BffProcess } from './bff-process.ts';

/** Write these bytes and collect what comes back until the BFF closes or falls silent. */
export function raw(bff: BffProcess, bytes: string, patience = 400): Promise<string> {
  return new Promise((resolve) => {
    let got = '';
    const socket = connect(bff.port, '127.0.0.1', () => socket.write(bytes, 'utf8'));
    const done = () => {
      socket.destroy();
      resolve(got);
    };
    socket.setEncoding('latin1').setTimeout(patience, done);
    socket.on('data', (chunk) => {
      got += chunk;
    });
    socket.on('error', done).on('close', done);
  });
}

export function statusOf(answer: string): number {
  return Number(/^HTTP\/1\.[01] (\d{3})/.exec(answer)?.[1] ?? 0);
}

/** A request by its first line, with further headers. */
export function request(line: string, headers = '', body = ''): string {
  return `${line} HTTP/1.1\r\nHost: localhost\r\n${headers}Connection: close\r\n\r\n${body}`;
}

/** Refused by status or by hanging up; never 5xx but 501 and 505. */
export function expectNoHarm(answer: string): void {
  const status = statusOf(answer);
  const harmless = status === 0 || (status >= 200 && status < 500) || [501, 505].includes(status);
  expect(harmless, answer.slice(0, 300)).toBe(true);
  expect(answer).not.toMatch(/\n\s+at |node_modules|evil\.example/);
}
