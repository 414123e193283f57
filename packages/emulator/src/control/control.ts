import type { z } from 'zod';
import type { Provider } from '../provider/provider.ts';
import { OPERATIONS, type OperationName } from './operations.ts';

type Arguments<Name extends OperationName> = z.input<(typeof OPERATIONS)[Name]['args']>;
type Result<Name extends OperationName> = ReturnType<(typeof OPERATIONS)[Name]['run']>;

/** The knobs of one persona, in the same process. Throws a ZodError for arguments that do not fit. */
export type Control = {
  [Name in OperationName]: (...args: Arguments<Name>) => Result<Name>;
};

/** The same knobs from another process. */
export type ControlClient = {
  [Name in OperationName]: (...args: Arguments<Name>) => Promise<Result<Name>>;
};

/** List the names of all operations. */
export function operationNames(): OperationName[] {
  return Object.keys(OPERATIONS) as OperationName[];
}

/** Say whether a name is that of an operation. */
export function isOperationName(name: string): name is OperationName {
  return Object.hasOwn(OPERATIONS, name);
}

/** Check the arguments of an operation, and do it. */
export function runOperation(provider: Provider, name: OperationName, args: unknown): unknown {
  const { args: schema, run } = OPERATIONS[name];
  const checked = schema.parse(args);
  return (run as (provider: Provider, ...args: unknown[]) => unknown)(provider, ...checked);
}

/** Make the control object of a persona. */
export function createControl(provider: Provider): Control {
  const methods = operationNames().map((name) => [
    name,
    (...args: unknown[]) => runOperation(provider, name, args),
  ]);
  return Object.fromEntries(methods) as Control;
}
