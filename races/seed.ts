/** The seed of this run: `RACES_SEED`, or one that is drawn. */
export const seed: number = Number(process.env.RACES_SEED ?? Math.floor(Math.random() * 2 ** 31));

/** Whether everything is to be run, as `pnpm test:races` does, or what fits beside the other tests. */
export const full: boolean = process.env.RACES === 'full';
