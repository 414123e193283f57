import type { en } from './en.ts';

/** All that the playbill says, in one language: the English words are the measure. */
export type Wording = typeof en;
