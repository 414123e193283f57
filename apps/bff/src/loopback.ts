/** Is this the URL of this very machine? */
export function isLoopbackUrl(value: string): boolean {
  return /^(localhost|127(\.\d+){3}|\[::1\])$/.test(URL.parse(value)?.hostname ?? '');
}
