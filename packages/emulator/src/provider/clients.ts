import { sameSecret } from './same-secret.ts';
import type { SecretLedger } from './secret-ledger.ts';

/** OAuth clients by their ids; each persona has its own way to make one. */
export class Clients<Client extends { clientId: string; clientSecret: string }> {
  readonly #ledger: SecretLedger;
  #clients = new Map<string, Client>();

  constructor(ledger: SecretLedger) {
    this.#ledger = ledger;
  }

  all(): Client[] {
    return [...this.#clients.values()];
  }

  find(clientId: string): Client | undefined {
    return this.#clients.get(clientId);
  }

  authenticate(clientId: string, clientSecret: string): Client | undefined {
    const client = this.find(clientId);
    return client && sameSecret(clientSecret, client.clientSecret) ? client : undefined;
  }

  remove(clientId: string): void {
    this.#clients.delete(clientId);
  }

  /** Write all secrets into the ledger again, which a reset has emptied. */
  noteSecrets(): void {
    for (const client of this.all()) this.noteSecret(client);
  }

  protected put(client: Client): Client {
    this.#clients.set(client.clientId, client);
    this.noteSecret(client);
    return client;
  }

  /** A public client has none. */
  protected noteSecret({ clientSecret }: Client): void {
    if (clientSecret !== '') this.#ledger.note('client_secret', clientSecret);
  }
}
