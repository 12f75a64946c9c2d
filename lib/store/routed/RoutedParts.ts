import type { Store } from '../store';
import { DurableCalls } from './DurableCalls';

export interface RoutedStoreOptions {
  /** Another one may come, or go, meanwhile; undefined = there is none. */
  getDurable: () => Store | undefined;
  /** What is here: known at once. */
  near: Store;
  /** Whether what a gateway node takes from now on is to stay near. */
  isNear: (gateway: string) => boolean;
  /** Whether an SMS is near, by its id. */
  isNearId: (id: number) => boolean;
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
    return (await Promise.all(this.partsOf(gateways).map(ask))).flat() as T[];
  }

  /** What is near is known at once: nobody else is asked for it. */
  protected async byInput<T>(ids: string[], ask: (part: Store, ids: string[]) => Promise<T[]>): Promise<T[]> {
    const { getDurable, near } = this.options;
    const durable = getDurable();
    const here = new Set((await near.inputs(ids)).map(({ id }) => id));
    const own = ids.filter((id) => here.has(id));
    const others = ids.filter((id) => !here.has(id));
    const found = [own.length > 0 ? ask(near, own) : [], others.length > 0 && durable ? ask(durable, others) : []];
    return (await Promise.all(found)).flat();
  }

  protected split<T>(items: readonly T[], idOf: (item: T) => number): [Store, T[]][] {
    const { getDurable, near, isNearId } = this.options;
    const durable = getDurable();
    const there = items.filter((item) => !isNearId(idOf(item)));
    return [
      ...(durable ? [[durable, there] as [Store, T[]]] : []),
      [near, items.filter((item) => isNearId(idOf(item)))],
    ];
  }
}
