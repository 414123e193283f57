/** The calls that are counted, and that a fault can be laid on: `profile` is the public get-profile. */
export const ENDPOINTS = ['authorize', 'token', 'profile'] as const;

export type AfdianEndpoint = (typeof ENDPOINTS)[number];
