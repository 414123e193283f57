/** Read a parameter as PHP does: the last of several, and nothing for what is no text. */
export function param(params: Record<string, unknown> | undefined, name: string): string {
  const value = params?.[name];
  const last: unknown = Array.isArray(value) ? value.at(-1) : value;
  if (typeof last === 'number') return String(last);
  return typeof last === 'string' ? last : '';
}
