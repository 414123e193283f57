import { type Store, StoreUnavailableError } from '../../packages/express/src/store/store.ts';
import type { Messages } from './messages.ts';
import type { StoreWeather } from './store-weather.ts';
import type { VirtualTime } from './virtual-time.ts';

/** Milliseconds after which nobody waits for an answer any more. */
const DEADLINE = 3000;

type Command = (...args: unknown[]) => Promise<unknown>;

/**
 * One process's connection to a store that others use too: each command and each answer is a
 * message of its own. Order is kept where a Redis Cluster keeps it: among the keys of one slot.
 */
export function scheduledStore(
  store: Store,
  { process, messages, weather, time }: Connection,
): Store {
  let unheard = false;
  let movingAgainAt = Number.NEGATIVE_INFINITY;

  const ask = async (name: string, slot: string, command: () => Promise<unknown>) => {
    await messages.travel(`${process}>${slot}`, name);
    const outcome = await (weather.state === 'frozen' ? late(command) : carryOut(command));
    const heard = weather.state === 'fine' && outcome !== UNHEARD;
    await messages.travel(`${process}<${slot}`, name);
    if (heard && unheard) movingAgainAt = time.now();
    unheard = !heard;
    if (unheard) throw new StoreUnavailableError(weather.state);
    return outcome;
  };
  const carryOut = (command: () => Promise<unknown>) =>
    weather.state === 'unreachable' ? UNHEARD : command();
  const late = (command: () => Promise<unknown>) =>
    Promise.race([weather.goesOn.then(command), time.sleep(DEADLINE).then(() => UNHEARD)]);
  const backFor = () =>
    weather.state === 'unreachable' ? 0 : time.now() - Math.max(weather.backAt, movingAgainAt);

  return new Proxy(store, {
    get(target, name) {
      if (name === 'backFor') return backFor;
      const command = Reflect.get(target, name) as Command;
      return (...args: unknown[]) =>
        ask(String(name), slotOf(args[0]), () => command.apply(target, args));
    },
  });
}

export interface Connection {
  process: string;
  messages: Messages;
  weather: StoreWeather;
  time: VirtualTime;
}

const UNHEARD = Symbol('nobody heard of it');

/** The part of a key that says where in a cluster it lives, short enough to read. */
function slotOf(argument: unknown): string {
  const [key] = [argument].flat();
  const text = typeof key === 'object' ? JSON.stringify(key) : String(key);
  return /\{([^{}"]*)\}/.exec(text)?.[1]?.slice(0, 6) ?? 'none';
}
