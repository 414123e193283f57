/** Leave out what is undefined, so that the rest can be assigned. */
export function definedOnly<Changes extends object>(
  changes: Changes,
): { [Key in keyof Changes]?: Exclude<Changes[Key], undefined> } {
  const defined = Object.entries(changes).filter(([, value]) => value !== undefined);
  return Object.fromEntries(defined) as {
    [Key in keyof Changes]?: Exclude<Changes[Key], undefined>;
  };
}
