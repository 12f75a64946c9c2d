import { holderOfNote } from '../noteKeys';
import { type Store, StoreUnavailable } from '../store';
import type { Usage, UsageChange, UsageQuestion } from '../usage';

/** What a routed store asks of the durable one, wherever a gateway's SMS are, but for what belongs to gateways that are near. */
export abstract class DurableCalls {
  constructor(
    private readonly places: {
      /** The durable one; the near one where there is no other. */
      getHome: () => Store;
      /** Undefined where it keeps nothing for later. */
      near: Store | undefined;
      isNear: (gateway: string) => boolean;
    },
  ) {}

  protected get home(): Store {
    return this.places.getHome();
  }

  /** Reserves user_ids; those of one store serve for another that is away, since each store starts at a random point. */
  async reserveUserIds(count: number): Promise<number> {
    const { home, places } = this;
    try {
      return await home.reserveUserIds(count);
    } catch (error) {
      const isAway = error instanceof StoreUnavailable && places.near !== undefined && places.near !== home;
      if (!isAway || !places.near) throw error;
      return places.near.reserveUserIds(count);
    }
  }

  usage(questions: UsageQuestion[], recipients: string[], now: number): Promise<Usage> {
    return this.home.usage(questions, recipients, now);
  }

  changeUsage(change: UsageChange, under?: readonly string[]): Promise<void> {
    return this.home.changeUsage(change, under);
  }

  async notes(keys: string[]): Promise<Map<string, string>> {
    const found = await Promise.all([...this.byStore(keys)].map(([store, own]) => store.notes(own)));
    return new Map(found.flatMap((notes) => [...notes]));
  }

  async putNotes(notes: ReadonlyMap<string, string>, under?: readonly string[]): Promise<void> {
    const put = [...this.byStore([...notes.keys()])].map(([store, keys]) =>
      store.putNotes(new Map(keys.map((key) => [key, notes.get(key) ?? ''])), under),
    );
    await Promise.all(put);
  }

  async noteKeys(): Promise<string[]> {
    const found = await Promise.all(this.stores.map((store) => store.noteKeys()));
    return [...new Set(found.flat())];
  }

  async forgetNotes(keys: string[], under?: readonly string[]): Promise<void> {
    await Promise.all(this.stores.map((store) => store.forgetNotes(keys, under)));
  }

  private get stores(): Store[] {
    const { home, places } = this;
    return places.near && places.near !== home ? [home, places.near] : [home];
  }

  /** What belongs to a gateway is where its SMS are, what is another node's alone is near. */
  private byStore(keys: readonly string[]): Map<Store, string[]> {
    const { near, isNear } = this.places;
    const stores = new Map<Store, string[]>();
    for (const key of keys) {
      const holder = holderOfNote(key);
      const belongsNear = typeof holder === 'object' ? isNear(holder.gateway) : holder === 'node';
      const store = near !== undefined && belongsNear ? near : this.home;
      stores.set(store, [...(stores.get(store) ?? []), key]);
    }
    return stores;
  }
}
