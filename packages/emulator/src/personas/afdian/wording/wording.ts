import type { zhHans } from './zh-hans.ts';

/** All that the pages say, in one language. */
export type Wording = typeof zhHans;
