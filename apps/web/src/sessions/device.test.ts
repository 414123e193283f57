import { expect, test } from 'vitest';
import { deviceOf, isHandheld } from './device.ts';

test.each([
  ['Chrome on Linux', { browser: 'Chrome', system: 'Linux' }],
  [
    'Samsung Internet for Android on Android',
    { browser: 'Samsung Internet for Android', system: 'Android' },
  ],
  ['A on B on C', { browser: 'A on B', system: 'C' }],
])('%s is a browser on a system', (name, device) => {
  expect(deviceOf(name)).toEqual(device);
});

test.each(['Unknown device', 'Firefox', '', ' on '])('%j is left as it is', (name) => {
  expect(deviceOf(name)).toBeUndefined();
});

test.each([
  ['Android', true],
  ['iOS', true],
  ['macOS', false],
  ['Linux', false],
])('%s is on a device for the hand: %s', (system, handheld) => {
  expect(isHandheld({ browser: 'Any', system })).toBe(handheld);
});
