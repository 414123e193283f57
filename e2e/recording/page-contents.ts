/** What a script on a page can get hold of, by where it is. Runs in the page: it uses nothing around it. */
export async function pageContents(): Promise<Record<string, string>> {
  const readable = (value: unknown): string =>
    JSON.stringify(value, (_key, member) => {
      if (member instanceof ArrayBuffer) return new TextDecoder().decode(member);
      if (ArrayBuffer.isView(member)) return new TextDecoder().decode(member);
      if (member instanceof Map || member instanceof Set) return [...member];
      return member;
    }) ?? '';
  const done = <T>(asked: IDBRequest<T>) =>
    new Promise<T>((resolve, reject) => {
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => reject(asked.error);
    });

  const databases: unknown[] = [];
  for (const { name } of await indexedDB.databases()) {
    const database = await done(indexedDB.open(name ?? ''));
    for (const storeName of database.objectStoreNames) {
      const store = database.transaction(storeName).objectStore(storeName);
      databases.push(name, storeName, await done(store.getAllKeys()), await done(store.getAll()));
    }
    database.close();
  }

  const cached: string[] = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const key of await cache.keys()) {
      const answer = await cache.match(key);
      cached.push(name, key.url, (await answer?.text()) ?? '');
    }
  }

  const fields = document.querySelectorAll<HTMLInputElement>('input, textarea');
  return {
    'the address': location.href,
    'document.cookie': document.cookie,
    localStorage: readable({ ...localStorage }),
    sessionStorage: readable({ ...sessionStorage }),
    IndexedDB: readable(databases),
    'Cache Storage': readable(cached),
    DOM: document.documentElement.outerHTML,
    'form fields': readable([...fields].map(({ value }) => value)),
    'history.state': readable(history.state),
    'window.name': window.name,
    'performance entries': readable(performance.getEntries().map(({ name }) => name)),
  };
}
