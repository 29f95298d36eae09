/**
 * What the phone holds of one account, in a database of that account's own (IndexedDB): another account that signs in on the same phone
 * opens another one, and never reads, shows or sends what lies here.
 */
const VERSION = 1;

const SHELVES = {
  tasks: { keyPath: 'id' },
  details: { keyPath: 'id' },
  checkIns: { keyPath: 'id' },
  queue: { keyPath: 'seq', autoIncrement: true },
  photos: { keyPath: 'sha256' },
  reports: { keyPath: 'reportId' },
  kept: {},
};

/** What belongs to the person's work and may go when they sign out; the queue, its photos and what was reported stay. */
const WORK = ['tasks', 'details', 'checkIns', 'kept'];

const settled = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

export class Store {
  #database;

  constructor(database) {
    this.#database = database;
    // Another tab has a newer page: it must not wait for this one.
    database.onversionchange = () => database.close();
  }

  static async open(account) {
    const request = indexedDB.open(`city-brain-worker:${account}`, VERSION);
    request.onupgradeneeded = () => {
      for (const [shelf, options] of Object.entries(SHELVES)) request.result.createObjectStore(shelf, options);
    };
    return new Store(await settled(request));
  }

  all(shelf) {
    return settled(this.#database.transaction(shelf).objectStore(shelf).getAll());
  }

  get(shelf, key) {
    return settled(this.#database.transaction(shelf).objectStore(shelf).get(key));
  }

  put(shelf, value, key) {
    return this.change([shelf], (on) => on(shelf).put(value, key));
  }

  /** Everything that `work` asks for, or nothing of it. */
  change(shelves, work) {
    return new Promise((resolve, reject) => {
      const transaction = this.#database.transaction(shelves, 'readwrite', { durability: 'strict' });
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error);
      transaction.onerror = () => reject(transaction.error);
      work((shelf) => transaction.objectStore(shelf));
    });
  }

  /** A number that counts up, the key of what was put into the queue. */
  async append(item) {
    let seq;
    await this.change(['queue'], (on) => {
      on('queue').add(item).onsuccess = (event) => { seq = event.target.result; };
    });
    return { ...item, seq };
  }

  forgetWork() {
    return this.change(WORK, (on) => WORK.forEach((shelf) => on(shelf).clear()));
  }

  close() {
    this.#database.close();
  }
}
