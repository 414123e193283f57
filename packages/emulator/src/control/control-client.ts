import type { OperationsOf, PersonaName } from '../personas/personas.ts';
import type { ControlClientOf } from './control.ts';

/**
 * Make a client of the control API of an emulator that another process runs with `control: true`.
 * Its methods are those of `control`, asynchronous; each throws on any answer but 200.
 * @param origin of the emulator, `http://127.0.0.1:4000`
 */
export function createControlClient<Name extends PersonaName = 'aihubmix'>(
  origin: string,
  persona: Name = 'aihubmix' as Name,
): ControlClientOf<OperationsOf<Name>> {
  const call = (name: string) => {
    return (...args: unknown[]) => post(new URL(`/control/${persona}/${name}`, origin), args);
  };
  // The table of operations lives with the persona, in the other process. `then` is no operation:
  // a client that is awaited must not look like a promise.
  return new Proxy({} as ControlClientOf<OperationsOf<Name>>, {
    get: (_target, name) => (typeof name === 'string' && name !== 'then' ? call(name) : undefined),
  });
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
