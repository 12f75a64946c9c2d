import type { Store } from '../store';
import { DurableCalls } from './DurableCalls';
import { inOrder } from './merged';

export interface RoutedStoreOptions {
  /** Another one may come, or go, meanwhile; undefined = there is none. */
  getDurable: () => Store | undefined;
  /** What is here: known at once. */
  near: Store;
  /** Whether what a gateway node takes from now on is to stay near. */
  isNear: (gateway: string) => boolean;
  /** Whether an SMS is near, by its id. */
  isNearId: (id: number) => boolean;
  /** Whether an input is near, where that is known at once; absent = the near one is asked for it. */
  hasNear?: (input: string) => boolean;
  /** Whether the durable one is asked for gateways of which nothing is taken there: it may still have something. */
  isAsked?: () => boolean;
  /** Somebody else opens and closes the durable one. */
  isApart?: boolean;
}

/** The stores of a routed one, and which of them is asked. */
export abstract class RoutedParts extends DurableCalls {
  constructor(protected readonly options: RoutedStoreOptions) {
    const { getDurable, near, isNear, isApart } = options;
    // What is near only for a while keeps nothing beside its SMS.
    super({ getHome: () => getDurable() ?? near, near: isApart ? near : undefined, isNear });
  }

  protected get parts(): Store[] {
    const { getDurable, near, isNearId } = this.options;
    const durable = getDurable();
    if (!durable) return [near];
    // What is found by ids comes in their order.
    return isNearId(0) ? [near, durable] : [durable, near];
  }

  protected get partsOpened(): Store[] {
    return this.options.isApart ? [this.options.near] : this.parts;
  }

  /** The parts that may have something of these gateways. */
  protected partsOf(gateways: readonly string[]): Store[] {
    const { isNear, isAsked = () => true, near } = this.options;
    return isAsked() || !gateways.every(isNear) ? this.parts : [near];
  }

  protected async all<T>(gateways: readonly string[], ask: (part: Store) => Promise<T | T[]>): Promise<T[]> {
    const [only, other] = this.partsOf(gateways);
    if (only && !other) return [await ask(only)].flat() as T[];
    return (await Promise.all(this.partsOf(gateways).map(ask))).flat() as T[];
  }

  /**
   * What is near is known at once: nobody else is asked for it.
   * @param idOf whose an answer is, where the answers are to come in the order of `ids`, as each part gives them
   */
  protected async byInput<T>(
    ids: string[],
    ask: (part: Store, ids: string[]) => Promise<T[]>,
    idOf?: (answer: T) => string,
  ): Promise<T[]> {
    const { getDurable, near } = this.options;
    const durable = getDurable();
    if (!durable) return ask(near, ids);
    const isHere = await this.whichAreNear(ids);
    const own = ids.filter(isHere);
    if (own.length === ids.length) return ask(near, ids);
    if (own.length === 0) return ask(durable, ids);
    const others = ids.filter((id) => !isHere(id));
    const found = (await Promise.all([ask(near, own), ask(durable, others)])).flat();
    return idOf ? inOrder(found, ids, idOf) : found;
  }

  private async whichAreNear(ids: string[]): Promise<(id: string) => boolean> {
    const { near, hasNear } = this.options;
    if (hasNear) return hasNear;
    const here = new Set((await near.inputs(ids)).map(({ id }) => id));
    return (id) => here.has(id);
  }

  /** Asks each part for what it has of these, those that have nothing not at all. */
  protected async byId<Item, T>(
    items: Item[],
    idOf: (item: Item) => number,
    ask: (part: Store, items: Item[]) => Promise<T[]>,
  ): Promise<T[]> {
    const { getDurable, near, isNearId } = this.options;
    const here = items.filter((item) => isNearId(idOf(item)));
    if (here.length === items.length) return here.length > 0 ? ask(near, items) : [];
    const durable = getDurable();
    if (!durable) return here.length > 0 ? ask(near, here) : [];
    if (here.length === 0) return ask(durable, items);
    const there = items.filter((item) => !isNearId(idOf(item)));
    return (await Promise.all([ask(durable, there), ask(near, here)])).flat();
  }
}
