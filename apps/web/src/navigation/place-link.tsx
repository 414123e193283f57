import type { ComponentProps, MouseEvent, ReactNode } from 'react';
import { PATH_OF, type Place } from './place.ts';
import { goTo } from './use-path.ts';

/** What a place link takes, besides what a link does. */
export interface PlaceLinkProps extends Omit<ComponentProps<'a'>, 'href' | 'onClick'> {
  to: Place;
}

/** Lead to another place of this page: at once, or in a tab of its own for those who want that. */
export function PlaceLink({ to, ...link }: PlaceLinkProps): ReactNode {
  const go = (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    goTo(PATH_OF[to]);
  };
  return <a {...link} href={PATH_OF[to]} onClick={go} />;
}
