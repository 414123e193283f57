/** Hosts that no redirect may lead to. */
const HOST = 'evil.example';

const SLASHES = [
  '//',
  '///',
  '////',
  '/\\',
  '\\/',
  '\\\\',
  '/\\/',
  '\\//',
  '/\\\\',
  '//\\',
  '\\',
  '/./\\',
];
const SCHEMES = [
  'http:',
  'https:',
  'HTTP:',
  'ftp:',
  'ws:',
  'javascript:',
  'data:',
  'vbscript:',
  'blob:',
  'file:',
];
const SCHEME_TAILS = [
  `//${HOST}`,
  `/${HOST}`,
  `${HOST}`,
  `\\\\${HOST}`,
  `///${HOST}/x`,
  '[::',
  'alert(1)//',
];
const CONTROLS = [
  '\t',
  '\n',
  '\r',
  '\r\n',
  '\v',
  '\f',
  '\0',
  '\x01',
  '\x1f',
  '\x7f',
  ' ',
  '\u00a0',
  '\u0085',
  '\u1680',
  '\u2000',
  '\u2028',
  '\u2029',
  '\u3000',
  '\ufeff',
  '\u200b',
  '\u202e',
];
const PLACES = [
  (c: string) => `${c}//${HOST}`,
  (c: string) => `/${c}/${HOST}`,
  (c: string) => `${c}/${c}/${HOST}`,
  (c: string) => `/${c}\\${HOST}`,
  (c: string) => `http${c}://${HOST}`,
  (c: string) => `${c}https://${HOST}`,
];
const LOOK_ALIKE_SLASHES = ['\u2044', '\u2215', '\u29f8', '\uff0f', '\u3002', '\uff3c', '\u5c0f'];
const DOTS = ['/.', '/..', '/./', '/../', '/x/..', '/%2e', '/%2e%2e', '/.%2e', '/;', '/x/../..'];
const CREDENTIALS = ['@', ':@', ':80@', '%40', '%00@', '#@', '?@', '\\@', '/@'];
const TAILS = ['', '/%2f..', '?x', ':80'];
const RESERVED = ['/auth', '/oauth', '/api'];
const INTO_RESERVED = [
  (p: string) => p,
  (p: string) => `${p}/`,
  (p: string) => `${p}/oauth/start`,
  (p: string) => `${p}?x=1`,
  (p: string) => `${p}#x`,
  (p: string) => `/x/..${p}/callback`,
  (p: string) => `/.${p}/callback`,
  (p: string) => `/%2e${p}/callback`,
  (p: string) => `/x/%2e%2e${p}/callback`,
  (p: string) => `/x/y/../..${p}/logout`,
  (p: string) => `${p.toUpperCase()}/start`,
  (p: string) => `/${p[1]?.toUpperCase()}${p.slice(2)}/start`,
  (p: string) => `/%${p.charCodeAt(1).toString(16)}${p.slice(2)}/start`,
  (p: string) => `${p}\\start`,
  (p: string) => `\\${p.slice(1)}/start`,
  (p: string) => `${p.slice(0, 2)}\t${p.slice(2)}/start`,
];

/** Values of `return_to` that lead astray under some reading, generated from a grammar. */
export function hostilePaths(): string[] {
  const paths = [
    ...SLASHES.flatMap((slash) => TAILS.map((tail) => `${slash}${HOST}${tail}`)),
    ...SCHEMES.flatMap((scheme) => SCHEME_TAILS.map((tail) => scheme + tail)),
    ...CONTROLS.flatMap((control) => PLACES.map((place) => place(control))),
    ...LOOK_ALIKE_SLASHES.flatMap((slash) => [`/${slash}${HOST}`, `${slash}${slash}${HOST}`]),
    ...DOTS.flatMap((dots) => [`${dots}//${HOST}`, `${dots}/${HOST}`, `${dots}\\${HOST}`]),
    ...CREDENTIALS.flatMap((at) => [`//localhost${at}${HOST}`, `${at}${HOST}`, `/${at}${HOST}`]),
    ...RESERVED.flatMap((path) => INTO_RESERVED.map((into) => into(path))),
    HOST,
    `.${HOST}`,
    'x',
    '',
    '.',
    '..',
    '?x=1',
    '#x',
    '*',
    '/'.repeat(50),
    `//${HOST}`.repeat(20),
    `/${'a'.repeat(1024)}`,
    `/${'\u00e9'.repeat(1024)}`,
    '/\ud800',
    '//[::',
    'http://[::',
    '//%',
    '/%',
    `/x\r\nSet-Cookie: a=b`,
    `/x\r\nLocation: //${HOST}`,
    '/\u560d\u560aSet-Cookie:a=b',
    '/x\n\n<script>',
  ];
  return [...new Set(paths)];
}

/** The same value as somebody writes it into a query: as it is where HTTP allows, once and twice encoded. */
export function spellings(path: string): { raw: string; once: string; twice: string } {
  const wellFormed = path.toWellFormed();
  const once = encodeURIComponent(wellFormed);
  const raw = wellFormed.replace(/[^\x21-\x7e]|[&#+]/gu, encodeURIComponent);
  return { raw, once, twice: encodeURIComponent(once) };
}
