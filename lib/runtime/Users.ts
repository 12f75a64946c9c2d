import type { RedNode } from './red';

/**
 * Who uses which config node. Node-RED hands on what a config node says, its errors and its status, to the tabs of the nodes
 * in its `users`, which a config node has to see to itself; without them no Catch or Status node hears it.
 */
export class Users {
  private readonly byConfig = new Map<string, Set<RedNode>>();

  /** A node uses a config node until it closes. */
  add(config: string, node: RedNode): void {
    const users = this.byConfig.get(config) ?? new Set();
    this.byConfig.set(config, users.add(node));
    node.on('close', (_removed, closed) => {
      users.delete(node);
      if (users.size === 0 && this.byConfig.get(config) === users) this.byConfig.delete(config);
      closed();
    });
  }

  /** One of each tab, by its id: of several a Catch node would hear the same several times. */
  of(configs: readonly string[]): Record<string, RedNode> {
    const byTab = new Map<unknown, RedNode>();
    for (const config of configs) {
      for (const node of this.byConfig.get(config) ?? []) {
        // Of one that belongs to no tab Node-RED would ask again and again.
        if (node.z && !byTab.has(node.z)) byTab.set(node.z, node);
      }
    }
    return Object.fromEntries([...byTab.values()].map((node) => [node.id, node]));
  }
}

/** Lets a config node be heard by way of the nodes that use it, as they are when it says something. */
export function heardBy(node: RedNode, users: () => Record<string, RedNode>): void {
  Object.defineProperty(node, 'users', { get: users });
}
