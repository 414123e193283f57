/** Read what was typed into a field of a form. Blanks at its ends came with a paste. */
export function readField(form: HTMLFormElement, name: string): string {
  return readSecret(form, name).trim();
}

/** Read a password: every blank of it counts. */
export function readSecret(form: HTMLFormElement, name: string): string {
  const value = new FormData(form).get(name);
  return typeof value === 'string' ? value : '';
}

/** Empty a field: what was typed there is used up. */
export function emptyField(form: HTMLFormElement, name: string): void {
  const field = form.elements.namedItem(name);
  if (field instanceof HTMLInputElement) field.value = '';
}
