/**
 * The calls that a fault can be laid on, by the last word of their path: `token` is the code grant,
 * `refresh` the refresh grant, `contents` those of a document, `discussions` those of a channel.
 */
export const ENDPOINTS = [
  'authorize',
  'token',
  'refresh',
  'account',
  'me',
  'documents',
  'search',
  'contents',
  'memorize',
  'discussions',
  'integrations',
  'mementos',
  'common-knowledge',
  'signup',
  'signin',
  'verify-email',
  'custom-refresh',
  'custom-logout',
] as const;

export type Endpoint = (typeof ENDPOINTS)[number];
