import { type ControlClient, operationNames } from './control.ts';

/**
 * Make a client of the control API of an emulator that another process runs with `control: true`.
 * Its methods are those of `control`, asynchronous; each throws on any answer but 200.
 * @param origin of the emulator, `http://127.0.0.1:4000`
 */
export function createControlClient(origin: string, persona = 'aihubmix'): ControlClient {
  const methods = operationNames().map((name) => [
    name,
    (...args: unknown[]) => post(new URL(`/control/${persona}/${name}`, origin), args),
  ]);
  return Object.fromEntries(methods) as ControlClient;
}

async function post(url: URL, args: unknown[]): Promise<unknown> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(args),
  });
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`);
  const { result } = (await response.json()) as { result: unknown };
  return result ?? undefined;
}
