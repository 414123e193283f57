import type { en } from '../language/en.ts';

/** What is wrong with what was typed into a field, by the key of its text. */
export type FieldProblem = keyof typeof en.field;

/** Name what a field's own rules (`required`, `type`) say is wrong. */
export function fieldProblemOf(
  validity: Pick<ValidityState, 'valid' | 'valueMissing'>,
): FieldProblem | undefined {
  if (validity.valid) return undefined;
  return validity.valueMissing ? 'missing' : 'noEmail';
}
