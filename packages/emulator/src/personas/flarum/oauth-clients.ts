import { randomBytes } from 'node:crypto';
import { sameSecret } from '../../provider/same-secret.ts';

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

/** The registered clients. */
export class OAuthClients {
  #clients = new Map<string, OAuthClient>();

  add(request: ClientRequest, clientSecret = randomKey()): OAuthClient {
    const client = { ...request, clientId: randomKey(), clientSecret };
    this.#clients.set(client.clientId, client);
    return client;
  }

  remove(clientId: string): void {
    this.#clients.delete(clientId);
  }

  all(): OAuthClient[] {
    return [...this.#clients.values()];
  }

  find(clientId: string): OAuthClient | undefined {
    return this.#clients.get(clientId);
  }

  authenticate(clientId: string, clientSecret: string): OAuthClient | undefined {
    const client = this.find(clientId);
    return client && sameSecret(clientSecret, client.clientSecret) ? client : undefined;
  }
}

/** Split a list of the plugin: space-separated, empty for none. */
export function words(list: string): string[] {
  return list.split(' ').filter((word) => word !== '');
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
