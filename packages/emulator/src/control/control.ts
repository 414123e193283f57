import type { z } from 'zod';
import type { Operations } from './operation.ts';

/** The knobs of a persona, in the same process. Throws a ZodError for arguments that do not fit. */
export type ControlOf<Table extends Operations> = {
  [Name in keyof Table]: (...args: z.input<Table[Name]['args']>) => ReturnType<Table[Name]['run']>;
};

/** The same knobs from another process. */
export type ControlClientOf<Table extends Operations> = {
  [Name in keyof Table]: (
    ...args: z.input<Table[Name]['args']>
  ) => Promise<Awaited<ReturnType<Table[Name]['run']>>>;
};

/** Make the control object of a persona. */
export function createControl<Table extends Operations>(operations: Table): ControlOf<Table> {
  const methods = Object.keys(operations).map((name) => [
    name,
    (...args: unknown[]) => runOperation(operations, name, args),
  ]);
  return Object.fromEntries(methods) as ControlOf<Table>;
}

/** Say whether a table has an operation of this name. */
export function hasOperation(operations: Operations, name: string): boolean {
  return Object.hasOwn(operations, name);
}

/** Check the arguments of an operation, and do it. */
export function runOperation(operations: Operations, name: string, args: unknown): unknown {
  const { args: schema, run } = operations[name] as Operations[string];
  return (run as (...args: unknown[]) => unknown)(...schema.parse(args));
}
