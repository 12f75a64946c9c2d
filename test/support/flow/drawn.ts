import type { FlowNode } from './index';

/** A node on a tab; flows need a place for it. */
export const drawn = (type: string, id: string, properties: object = {}): FlowNode => ({
  id,
  type,
  z: 'tab',
  x: 100,
  y: 100,
  wires: [],
  ...properties,
});

export const tab: FlowNode = { id: 'tab', type: 'tab', label: 'tab' };

/** A node that keeps what arrives, for `inboxOf`. */
export const catcher = (id: string): FlowNode => drawn('helper', id);

/** Core's catch node, wired to a catcher of that id. */
export const catchAll = (id: string): FlowNode[] => [
  drawn('catch', `catch of ${id}`, { scope: null, uncaught: false, wires: [[id]] }),
  catcher(id),
];

/** Core's complete node for one node, wired to a catcher. */
export const completed = (node: string, id: string): FlowNode[] => [
  drawn('complete', `complete of ${id}`, { scope: [node], uncaught: false, wires: [[id]] }),
  catcher(id),
];
