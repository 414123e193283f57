import { ATTACKER } from './attacker.ts';

interface Answer {
  status: number;
  body: Record<string, unknown>;
}

type Forge = (answer: Answer) => Answer;

/** Each way in which the answer to a pushed request can be wrong (RFC 9126 section 2). */
export const PUSHED_REQUEST_FORGERIES = {
  /** An address where the attacker keeps a request of his own. */
  'foreign-request-uri': uri(`${ATTACKER}/request`),
  /** One of ours by its looks, that was never given out. */
  'unknown-request-uri': uri('urn:ietf:params:oauth:request_uri:nobody-ever-got-this'),
  'no-request-uri': uri(undefined),
  refused: () => ({
    status: 400,
    body: { error: 'invalid_request', error_description: 'a refusal that was asked for' },
  }),
} satisfies Record<string, Forge>;

export type PushedRequestForgery = keyof typeof PUSHED_REQUEST_FORGERIES;

export function forgePushedRequest(answer: Answer, kinds: readonly PushedRequestForgery[]): Answer {
  return kinds.reduce((forged, kind) => PUSHED_REQUEST_FORGERIES[kind](forged), answer);
}

function uri(request_uri: string | undefined): Forge {
  return ({ status, body }) => ({ status, body: { ...body, request_uri } });
}
