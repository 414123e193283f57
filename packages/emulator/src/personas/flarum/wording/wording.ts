import type { en } from './en.ts';

/** All that the pages say, in one language: the English words are the measure. */
export type Wording = typeof en;
