import { describe, expect, test } from 'vitest';
import { authorizationResponse } from './authorization-response.ts';

const read = (query: string) => authorizationResponse(new URLSearchParams(query));
const outcome = (query: string) => {
  try {
    return read(query).outcome();
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('the outcome, once the state was checked', () => {
  test.each([
    ['code=c&state=s', { code: 'c' }],
    ['code=c&code=d&state=s', 'missing_parameters'],
    ['error=access_denied&error=access_denied&state=s', 'missing_parameters'],
    ['code=c&iss=a&iss=a&state=s', 'missing_parameters'],
    ['error=access_denied&state=s', 'access_denied'],
    ['error=access_denied&code=c&state=s', 'access_denied'],
    ['error=%3Cscript%3E&state=s', 'provider_error'],
    ['error=login_required&state=s', 'login_required'],
    ['state=s', 'missing_parameters'],
    ['code=&state=s', 'missing_parameters'],
  ])('%s', (query, expected) => {
    expect(outcome(query)).toEqual(expected);
  });
});

describe('there is no state to check', () => {
  test.each([
    ['', true],
    ['error=access_denied', true],
    ['error=access_denied&state=', true],
    ['code=c', false],
    ['state=s', false],
    ['error=access_denied&state=s', false],
    ['error=access_denied&state=s&state=s', false],
  ])('in "%s": %s', (query, expected) => {
    expect(read(query).stateless).toBe(expected);
  });
});

test('a state that was given twice is none', () => {
  expect(read('code=c&state=s&state=s').state).toBeUndefined();
});
