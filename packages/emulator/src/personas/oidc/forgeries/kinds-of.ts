/** List the keys of a table, so that a schema can name each. */
export function kindsOf<Kind extends string>(table: Record<Kind, unknown>): [Kind, ...Kind[]] {
  return Object.keys(table) as [Kind, ...Kind[]];
}
