/** Is this the host name of this very machine, as `URL.hostname` writes it? */
export function isLoopback(hostname: string): boolean {
  return /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}
