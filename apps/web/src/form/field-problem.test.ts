import { expect, test } from 'vitest';
import { fieldProblemOf } from './field-problem.ts';

test('what is right is no problem', () => {
  expect(fieldProblemOf({ valid: true, valueMissing: false })).toBeUndefined();
});

test('an empty field and a wrong one are told apart', () => {
  expect(fieldProblemOf({ valid: false, valueMissing: true })).toBe('missing');
  expect(fieldProblemOf({ valid: false, valueMissing: false })).toBe('noEmail');
});
