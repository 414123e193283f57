import { DEMO_USERS, type Emulator, type IssuedSecret } from '@cloakroom/emulator';
import { remember } from './canaries.ts';

const KINDS: Record<IssuedSecret['kind'], string> = {
  code: 'CODE',
  access_token: 'AT',
  refresh_token: 'RT',
  id_token: 'ID',
  client_secret: 'SECRET',
};

/** Recognise all that the providers of an emulator handed out so far, and the passwords there. */
export function rememberSecrets({ personas }: Emulator): void {
  for (const { control } of Object.values(personas)) {
    for (const { kind, value } of control.issuedSecrets()) remember(KINDS[kind], value);
  }
  for (const { password } of DEMO_USERS) remember('PASSWORD', password);
}
