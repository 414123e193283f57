import type { Response } from 'express';

/** Send the browser to an address with parameters, after those that it has; what is undefined is left out. */
export function redirectWith(
  res: Response,
  uri: string,
  params: Record<string, string | undefined>,
): void {
  const url = new URL(uri);
  for (const [name, value] of Object.entries(params)) {
    if (value !== undefined) url.searchParams.append(name, value);
  }
  res.set('Cache-Control', 'no-store').redirect(url.href);
}
