import { pino } from 'pino';
import { beforeEach, describe, expect, test } from 'vitest';
import { type Presence, trackPresence } from './presence.ts';

const [A, B] = ['127.0.0.1:7001', '127.0.0.1:7002'];

let time: number;
let told: string[];
let presence: Presence;

beforeEach(() => {
  time = 1000;
  told = [];
  const write = (line: string) => {
    const { event, reason } = JSON.parse(line);
    told.push(reason === undefined ? event : `${event}: ${reason}`);
  };
  presence = trackPresence(pino({}, { write }), () => time);
});

/** Milliseconds for which it has been back, `ms` later. */
const backForAfter = (ms: number) => {
  time += ms;
  return presence.backFor();
};

describe('a store of one piece', () => {
  test('that is reached has not come back from anywhere', () => {
    presence.miss(); // asked before there was a connection
    presence.regain();
    expect(presence.backFor()).toBe(Number.POSITIVE_INFINITY);
    expect(told).toEqual(['store.ready']);
  });

  test('that was away at the start is back once it is reached', () => {
    presence.lose('refused');
    expect(backForAfter(50)).toBe(0);
    presence.regain();
    expect(backForAfter(50)).toBe(50);
    expect(told).toEqual(['store.lost: refused', 'store.ready']);
  });

  test('is lost and found, and each is told once, with the first reason', () => {
    presence.regain();
    presence.lose('closed');
    presence.lose('refused');
    expect(backForAfter(700)).toBe(0);
    presence.regain();
    presence.regain();
    expect(backForAfter(300)).toBe(300);
    presence.regain();
    expect(backForAfter(300), 'another answer is no return').toBe(600);
    presence.lose('closed again');
    expect(presence.backFor()).toBe(0);
    expect(told).toEqual([
      'store.ready',
      'store.lost: closed',
      'store.ready',
      'store.lost: closed again',
    ]);
  });

  test('that is missed is away, and nothing is told', () => {
    presence.regain();
    presence.miss();
    expect(backForAfter(100)).toBe(0);
    presence.regain();
    expect(backForAfter(100)).toBe(100);
    expect(told).toEqual(['store.ready']);
  });

  test('that is missed and then lost is told', () => {
    presence.regain();
    presence.miss();
    presence.lose('closed');
    expect(told).toEqual(['store.ready', 'store.lost: closed']);
  });
});

describe('a store of several parts', () => {
  beforeEach(() => {
    presence.regain(A);
    presence.regain(B);
  });

  test('is ready with the first of them, told once', () => {
    expect(presence.backFor()).toBe(Number.POSITIVE_INFINITY);
    expect(told).toEqual(['store.ready']);
  });

  test('goes on without one: what the others answer is no return', () => {
    presence.lose('A is away', A);
    presence.regain();
    presence.lose('A is away still', A);
    presence.regain();
    expect(presence.backFor()).toBe(Number.POSITIVE_INFINITY);
    expect(told).toEqual(['store.ready', 'store.lost: A is away']);
  });

  test('is back with each part that comes back, and told so with the last', () => {
    presence.lose('A is away', A);
    presence.lose('B is away', B);
    presence.regain(A);
    expect(backForAfter(5000)).toBe(5000);
    expect(told).toEqual(['store.ready', 'store.lost: A is away']);
    presence.regain(B);
    expect(backForAfter(10)).toBe(10);
    expect(told).toEqual(['store.ready', 'store.lost: A is away', 'store.ready']);
  });

  test('is back at once with all of them', () => {
    presence.lose('A is away', A);
    presence.lose('somebody is silent', Promise.resolve());
    presence.regainAll();
    expect(backForAfter(10)).toBe(10);
    expect(told).toEqual(['store.ready', 'store.lost: A is away', 'store.ready']);
    presence.regain(A);
    expect(backForAfter(10), 'A has not been away again').toBe(20);
  });

  test('may be lost as a whole while a part is', () => {
    presence.lose('A is away', A);
    presence.lose('all are');
    expect(presence.backFor()).toBe(0);
    presence.regain();
    expect(backForAfter(10)).toBe(10);
    expect(told).toEqual(['store.ready', 'store.lost: A is away']);
  });
});
