import { createAfdian } from './afdian/afdian.ts';
import { createAihubmix } from './aihubmix/aihubmix.ts';
import { createFlarum } from './flarum/flarum.ts';
import { createOidc } from './oidc/oidc.ts';
import { createRememberizer } from './rememberizer/rememberizer.ts';

/** Every provider that the emulator plays, by the path it is mounted at. */
export const PERSONAS = {
  aihubmix: createAihubmix,
  oidc: createOidc,
  afdian: createAfdian,
  flarum: createFlarum,
  rememberizer: createRememberizer,
};

export type PersonaName = keyof typeof PERSONAS;

export const PERSONA_NAMES = Object.keys(PERSONAS) as PersonaName[];

/** The table of a persona's operations. */
export type OperationsOf<Name extends PersonaName> = ReturnType<
  (typeof PERSONAS)[Name]
>['operations'];
