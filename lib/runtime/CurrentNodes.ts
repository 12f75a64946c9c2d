import { flowsAreStopping } from './flowStops';
import type { RedNode } from './red';

/**
 * The running node object of each id. A deploy replaces objects and keeps ids: what was begun by the former object leaves
 * through the current one (contract, waiting inputs).
 */
export class CurrentNodes {
  private readonly byId = new Map<string, RedNode>();

  /** @param isStopping tells whether nodes close for good, rather than until a deploy has replaced them */
  constructor(readonly isStopping: () => boolean = () => false) {}

  /** A node has started; it stays current until it is removed or another object takes its id. */
  add(node: RedNode): void {
    this.byId.set(node.id, node);
  }

  /** A node was removed; nothing if its id has another object by now. */
  remove(node: RedNode): void {
    if (this.byId.get(node.id) === node) this.byId.delete(node.id);
  }

  get(id: string): RedNode | undefined {
    return this.byId.get(id);
  }
}

/** The current nodes of this process. */
export const currentNodes = new CurrentNodes(flowsAreStopping);
