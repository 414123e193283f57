import type { z } from 'zod';
import type { Environment } from './environment.ts';

/**
 * Read setting by setting: one that is wrong must not hide what is wrong with the others, and counts
 * as not set.
 * @param source.prefix what the names of the variables begin with, before those of the schema
 * @param source.problems what is wrong is added here
 */
export function readEach<Schema extends z.ZodObject>(
  schema: Schema,
  { env, prefix = '', problems }: { env: Environment; prefix?: string; problems: string[] },
): z.infer<Schema> {
  const fields = Object.entries(schema.shape as Record<string, z.ZodType>).map(([name, field]) => {
    const { data, error } = field.safeParse(env[prefix + name]);
    if (error) problems.push(`${prefix}${name}: ${error.issues[0]?.message}`);
    return [name, error ? field.safeParse(undefined).data : data];
  });
  return Object.fromEntries(fields);
}
