import type { Adapter, AdapterPayload } from 'oidc-provider';

interface Kept {
  payload: AdapterPayload;
  /** Milliseconds since the epoch. */
  expires: number;
}

/** What falls with a grant. */
const OF_A_GRANT = ['AccessToken', 'AuthorizationCode', 'RefreshToken'] as const;

/** All that the library remembers, in memory: sessions, interactions, grants, codes, tokens. */
export class Store {
  #models = new Map<string, Map<string, Kept>>();

  clear(): void {
    this.#models.clear();
  }

  /** Forget all of one kind. */
  drop(model: string): void {
    this.#models.delete(model);
  }

  find(model: string, id: string): AdapterPayload | undefined {
    const kept = this.#model(model).get(id);
    return kept !== undefined && kept.expires > Date.now() ? kept.payload : undefined;
  }

  all(model: string): AdapterPayload[] {
    const kept = [...this.#model(model).values()];
    return kept.filter(({ expires }) => expires > Date.now()).map(({ payload }) => payload);
  }

  /** Forget a grant, and the codes and tokens that came of it. */
  revokeGrant(grantId: string): void {
    this.#model('Grant').delete(grantId);
    for (const model of OF_A_GRANT) this.#revokeIn(model, grantId);
  }

  /**
   * Make the library's adapter of one kind. What it looks up and then marks as used is safe from
   * requests at the same moment: in between nothing is waited for that lets another one in.
   */
  adapter(model: string): Adapter {
    const kept = () => this.#model(model);
    return {
      upsert: async (id, payload, seconds = Number.POSITIVE_INFINITY) => {
        kept().set(id, { payload, expires: Date.now() + seconds * 1000 });
      },
      find: async (id) => this.find(model, id),
      findByUid: async (uid) => this.all(model).find((payload) => payload.uid === uid),
      findByUserCode: async () => undefined,
      destroy: async (id) => {
        kept().delete(id);
      },
      consume: async (id) => {
        const payload = this.find(model, id);
        if (payload !== undefined) payload.consumed = Math.floor(Date.now() / 1000);
      },
      revokeByGrantId: async (grantId) => this.#revokeIn(model, grantId),
    };
  }

  #revokeIn(model: string, grantId: string): void {
    for (const [id, { payload }] of this.#model(model)) {
      if (payload.grantId === grantId) this.#model(model).delete(id);
    }
  }

  #model(name: string): Map<string, Kept> {
    const model = this.#models.get(name) ?? new Map<string, Kept>();
    this.#models.set(name, model);
    return model;
  }
}
