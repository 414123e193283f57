/** The calls that a fault can be laid on: `token` is the code grant, `refresh` the refresh grant. */
export const ENDPOINTS = ['authorize', 'token', 'refresh', 'userinfo', 'topup'] as const;

export type Endpoint = (typeof ENDPOINTS)[number];
