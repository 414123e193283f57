import { parseEnv } from 'node:util';
import { expect, test } from 'vitest';
import { setVariables } from './env-text.ts';

test('an empty text gets one line a variable', () => {
  expect(setVariables('', { A: 'one', B: 'two' })).toBe('A=one\nB=two\n');
});

test('other lines and comments stay byte for byte', () => {
  const before =
    "# the first\n\n  export  C = 'x y' # why\nA=old\n#A=commented\nnonsense\nD=`1\n2`\n";
  expect(setVariables(before, { A: 'new' })).toBe(before.replace('A=old', 'A=new'));
});

test('a text without a last line break gets one before what is added', () => {
  expect(setVariables('C=1', { A: 'x' })).toBe('C=1\nA=x\n');
  expect(setVariables('A=1', { A: 'x' })).toBe('A=x');
});

test('Windows line breaks stay', () => {
  expect(setVariables('A=1\r\nC=2\r\n', { A: 'x', B: 'y' })).toBe('A=x\r\nC=2\r\nB=y\r\n');
});

test('of two definitions one is left', () => {
  expect(setVariables('A=1\nC=2\nA=3\n', { A: 'x' })).toBe('A=x\nC=2\n');
});

test('what looks like a definition inside a quoted value is none', () => {
  const before = 'C="begin\nA=inner\nend"\nA=1\n';
  expect(setVariables(before, { A: 'x' })).toBe('C="begin\nA=inner\nend"\nA=x\n');
});

test('a definition over several lines is replaced as a whole', () => {
  expect(setVariables('A="1\n2"\nC=3\n', { A: 'x' })).toBe('A=x\nC=3\n');
});

test.each([
  'plain',
  'with space',
  ' around ',
  'a#b',
  "it's",
  'say "x"',
  `it's "x"`,
  'back`tick',
  'dollar$HOME',
  'back\\nslash',
  'a=b=',
  '',
])('the value %j is read back exactly by Node.js', (value) => {
  expect(parseEnv(setVariables('', { A: value, B: 'next' }))).toEqual({ A: value, B: 'next' });
});

test('a value that cannot be quoted is refused', () => {
  expect(() => setVariables('', { A: `'"\`` })).toThrow(
    expect.objectContaining({ kind: 'cannot-write' }),
  );
});

test.each(['C="open\n', "A='open\nC=1\n", 'C=`open\n# it is\n'])(
  'with the open quote of %j nothing else changes its meaning',
  (before) => {
    let after: string;
    try {
      after = setVariables(before, { A: `it's` });
    } catch (error) {
      return expect(error).toMatchObject({ kind: 'cannot-write' });
    }
    expect(parseEnv(after)).toEqual({ ...parseEnv(before), A: `it's` });
  },
);
