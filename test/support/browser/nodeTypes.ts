import { nodes } from '../../locales/catalogues';
import { textOf } from '../architecture/sources';
import type { FlowNode } from '../node-red';

/** A node type as the editor knows it. */
export interface NodeType {
  /** Its folder. */
  name: string;
  type: string;
  isConfig: boolean;
}

/** Every node type of the package, read from the folders: one that is added later is here by itself. */
export const nodeTypes: readonly NodeType[] = nodes.map((name) => ({
  name,
  type: `dinstar-${name}`,
  isConfig: /\bcategory: 'config'/.test(textOf(`nodes/${name}/editor.ts`)),
}));

/** The flow that `oneOfEach` is drawn on. */
export const TAB = 'tab';

/**
 * A flow with a node of each type, as the palette would give it, whose id is the type's folder; all share one simulated
 * gateway. There is a second choice for everything that names a config node.
 */
export function oneOfEach(): FlowNode[] {
  const drawn = nodeTypes.filter(({ isConfig }) => !isConfig);
  return [
    { id: TAB, type: 'tab', label: 'one of each' },
    { id: 'gateway', type: 'dinstar-gateway', name: '', url: 'simulator:' },
    { id: 'gateway-2', type: 'dinstar-gateway', name: 'another gateway', url: 'simulator:two', store: 'store-2' },
    { id: 'store', type: 'dinstar-store', name: '', kind: 'file' },
    { id: 'store-2', type: 'dinstar-store', name: 'another store', kind: 'memory' },
    { id: 'tls', type: 'tls-config', name: 'the TLS settings', verifyservercert: true },
    ...nodeTypes
      .filter(({ name, isConfig }) => isConfig && !['gateway', 'store'].includes(name))
      .map(({ name, type }) => ({ id: name, type })),
    ...drawn.map(({ name, type }, place) => ({
      ...{ id: name, type, z: TAB, gateway: 'gateway', x: 240, y: 60 * (place + 1), wires: [] },
    })),
  ];
}

/** The id of the last node of `oneOfEach` that the editor brings into being. */
export const LAST = nodeTypes.filter(({ isConfig }) => !isConfig).at(-1)?.name as string;
