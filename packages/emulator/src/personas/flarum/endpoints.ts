/** The calls that are counted, and that a fault can be laid on: `refresh` is the refresh grant, `userinfo` is `GET /api/user`. */
export const ENDPOINTS = ['authorize', 'token', 'refresh', 'userinfo'] as const;

export type FlarumEndpoint = (typeof ENDPOINTS)[number];
