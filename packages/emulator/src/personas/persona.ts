import type { Router } from 'express';
import type { Operations } from '../control/operation.ts';

/** One provider that the emulator plays: its routes below its base path, and what tests may ask of it. */
export interface Persona<Table extends Operations> {
  router: Router;
  operations: Table;
}
