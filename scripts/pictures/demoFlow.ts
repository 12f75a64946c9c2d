import { textOf } from '../../test/support/architecture/sources';
import type { FlowNode } from '../../test/support/node-red';

const demo = JSON.parse(textOf('scripts/demo/flows.json')) as FlowNode[];

/** The demo's flow, each of its gateways a simulated one inside Node-RED. */
export const demoFlow = (): FlowNode[] =>
  demo.map((node, place) =>
    node.type === 'dinstar-gateway'
      ? { ...node, url: place === firstGateway ? 'simulator:' : `simulator:${node.id}` }
      : node,
  );

const firstGateway = demo.findIndex(({ type }) => type === 'dinstar-gateway');

/** The id of the last node that is drawn: when the editor has it, it has the flow. */
export const LAST_OF_DEMO = demo.findLast(({ x }) => x !== undefined)?.id as string;
