/** The environment, or anything of its shape. */
export type Environment = Readonly<Record<string, string | undefined>>;
