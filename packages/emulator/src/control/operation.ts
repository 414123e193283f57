import type { z } from 'zod';

type Arguments = z.ZodType<unknown[], unknown[]>;

/** One thing that a test may ask of a persona: its arguments, and what it does with them. */
export interface Operation<Args extends Arguments, Result> {
  args: Args;
  run: (...args: z.output<Args>) => Result;
}

/** What a persona offers to tests, by name. */
export type Operations = Readonly<
  Record<string, { args: Arguments; run: (...args: never[]) => unknown }>
>;

/**
 * Write an operation, its arguments as a tuple; closures hold what it works on.
 * @example setRefreshRotation: operation(z.tuple([z.boolean()]), (on) => { settings.refreshRotation = on; })
 */
export function operation<Args extends Arguments, Result>(
  args: Args,
  run: (...args: z.output<Args>) => Result,
): Operation<Args, Result> {
  return { args, run };
}
