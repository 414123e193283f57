/** Split a list of the plugin: space-separated, empty for none. */
export function words(list: string): string[] {
  return list.split(' ').filter((word) => word !== '');
}
