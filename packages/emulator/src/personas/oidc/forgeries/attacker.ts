/** An origin that is not ours and that nobody has. */
export const ATTACKER = 'https://attacker.example';
