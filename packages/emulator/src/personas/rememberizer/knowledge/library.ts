import { type DemoSubscription, demoContentOf } from '../content/demo-content.ts';
import { channelItem, documentItem, type Integration, type Item, memoryItem } from './item.ts';

/** A collection of items that an app can be given. Times are milliseconds since the epoch. */
export interface Memento {
  id: number;
  name: string;
  /** Ids of items; all that there is, now and later, where absent. */
  items?: Set<number>;
  created: number;
  modified: number;
}

/** What a token may read: the items of some mementos, or all; and what apps memorised. */
export interface Access {
  mementos: readonly number[] | 'all';
  memory: boolean;
}

/** Of somebody who looks at their own. */
export const EVERYTHING: Access = { mementos: 'all', memory: true };

const CONNECTED_DAYS_AGO = 240;
const DAY = 24 * 3_600_000;
const NEW_IDS = 90_000;

/** All that one person keeps here. */
export class Library {
  readonly integrations: Integration[];
  readonly subscriptions: readonly DemoSubscription[];
  #items: Item[];
  #mementos = new Map<number, Memento>();
  #nextId = NEW_IDS;

  /** @param now what the ages of the demo's content are counted from */
  constructor(username: string, now: number) {
    const content = demoContentOf(username);
    const since = now - CONNECTED_DAYS_AGO * DAY;
    this.subscriptions = content?.subscriptions ?? [];
    this.integrations = (content?.integrations ?? []).map((one) => ({ ...one, since }));
    const of = (type: string) => this.integrations.find((one) => one.type === type) as Integration;
    this.#items = [
      ...(content?.documents ?? []).map((one) => documentItem(one, of(one.integration), now)),
      ...(content?.channels ?? []).map((one) => channelItem(one, of('slack'), now)),
    ];
    for (const { id, name, items } of content?.mementos ?? [{ id: 1, name: 'All my knowledge' }]) {
      const times = { created: since, modified: since };
      this.#mementos.set(id, { id, name, ...(items && { items: new Set(items) }), ...times });
    }
  }

  mementos({ mementos: given } = EVERYTHING): Memento[] {
    return [...this.#mementos.values()].filter(({ id }) => given === 'all' || given.includes(id));
  }

  memento(id: number): Memento | undefined {
    return this.#mementos.get(id);
  }

  addMemento(name: string, now: number): Memento {
    const memento = { id: this.#takeId(), name, items: new Set<number>() };
    const added = { ...memento, created: now, modified: now };
    this.#mementos.set(added.id, added);
    return added;
  }

  removeMemento(id: number): void {
    this.#mementos.delete(id);
  }

  /** List what is in a memento; what apps memorised belongs to none. */
  itemsOf(memento: Memento): Item[] {
    return this.#items.filter(
      ({ id, integration }) => integration.type !== 'memory' && (memento.items?.has(id) ?? true),
    );
  }

  /** List what may be read, the latest first. */
  readable(access: Access): Item[] {
    const inMementos = new Set(this.mementos(access).flatMap((memento) => this.itemsOf(memento)));
    return this.#items
      .filter((item) =>
        item.integration.type === 'memory'
          ? access.memory
          : access.mementos === 'all' || inMementos.has(item),
      )
      .toSorted((one, other) => other.modified - one.modified);
  }

  /** Keep what an app asked to remember. */
  memorize(memory: { name: string; content: string }, now: number): Item {
    const item = memoryItem({ id: this.#takeId(), ...memory }, this.#memoryIntegration(now), now);
    this.#items.push(item);
    return item;
  }

  #memoryIntegration(now: number): Integration {
    const found = this.integrations.find((one) => one.type === 'memory');
    if (found !== undefined) return found;
    const added = {
      id: this.#takeId(),
      type: 'memory',
      source: 'Shared memory',
      since: now,
    } as const;
    this.integrations.push(added);
    return added;
  }

  #takeId(): number {
    this.#nextId += 1;
    return this.#nextId;
  }
}
