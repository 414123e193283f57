import { randomBytes } from 'node:crypto';
import { Clients } from '../../provider/clients.ts';
import { words } from './words.ts';

/** What an administrator enters for a client. */
export interface ClientRequest {
  name: string;
  description: string;
  /** The address of a picture; may be empty, as the next one. */
  icon: string;
  homepage: string;
  /** Several are separated by spaces; empty lets every address through. */
  redirectUri: string;
  /** The scopes it may ask for, separated by spaces; empty for all there are. */
  scope: string;
  /** Grant types, separated by spaces; empty for all. */
  grantTypes: string;
}

export interface OAuthClient extends ClientRequest {
  clientId: string;
  /** Empty makes a public client, which needs none. */
  clientSecret: string;
}

/** The clients that administrators made. */
export class OAuthClients extends Clients<OAuthClient> {
  add(request: ClientRequest, clientSecret = randomKey()): OAuthClient {
    return this.put({ ...request, clientId: randomKey(), clientSecret });
  }
}

/** Say whether a client may use a grant type, `implicit` among them. */
export function mayUse(client: OAuthClient, grantType: string): boolean {
  const allowed = words(client.grantTypes);
  return allowed.length === 0 || allowed.includes(grantType);
}

/** Draw what the plugin draws for ids and secrets: 32 characters. */
function randomKey(): string {
  return randomBytes(16).toString('hex');
}
