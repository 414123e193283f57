/** A place of the page: what a path leads to. */
export type Place = 'account' | 'sessions';

/** The path of every place. */
export const PATH_OF: Record<Place, string> = { account: '/', sessions: '/sessions' };

/** Find the place of a path; `undefined` where there is none. */
export function placeOf(path: string): Place | undefined {
  const places = Object.keys(PATH_OF) as Place[];
  return places.find((place) => PATH_OF[place] === path);
}
