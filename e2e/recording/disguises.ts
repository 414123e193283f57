/** A form in which a text may travel. */
export interface Disguise {
  /** Empty for the text itself. */
  name: string;
  text: string;
}

/**
 * The forms in which a secret may show: as it is, percent-encoded, in hex, and in Base64 wherever in
 * a longer text it stands, since that shifts the letters.
 */
export function disguises(secret: string): Disguise[] {
  const shifted = [0, 1, 2].map((shift) => base64At(secret, shift));
  const forms: Disguise[] = [
    { name: '', text: secret },
    { name: 'percent-encoded', text: encodeURIComponent(secret) },
    { name: 'hex', text: Buffer.from(secret).toString('hex') },
    ...shifted.map((text) => ({ name: 'Base64', text })),
    ...shifted.map((text) => ({ name: 'Base64', text: toUrlAlphabet(text) })),
  ];
  return forms.filter(({ text }, index) => forms.findIndex((form) => form.text === text) === index);
}

/** The letters that do not depend on what stands before and behind. */
function base64At(secret: string, shift: number): string {
  const bytes = Buffer.concat([Buffer.alloc(shift), Buffer.from(secret)]);
  const begin = Math.ceil((shift * 8) / 6);
  return bytes.toString('base64').slice(begin, Math.floor((bytes.length * 8) / 6));
}

function toUrlAlphabet(base64: string): string {
  return base64.replaceAll('+', '-').replaceAll('/', '_');
}
