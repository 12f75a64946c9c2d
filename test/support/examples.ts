import { nodes as nodeFolders } from '../locales/catalogues';
import { filesIn, textOf } from './architecture/sources';
import type { FlowNode } from './node-red';

/** A flow of `examples/`, as the editor's import dialog offers it. */
export interface Example {
  /** The file's path in the folder, without its ending. */
  name: string;
  nodes: FlowNode[];
  /** Named after the node it shows; the others tell a story with several nodes. */
  isOfNode: boolean;
  /** Whether its flow needs FlowFuse's Dashboard. */
  needsDashboard: boolean;
}

/** Every example, read from the folder. */
export const examples: readonly Example[] = filesIn(['examples'], '.json').map((file) => {
  const name = file.replace(/^examples\/|\.json$/g, '');
  const nodes = JSON.parse(textOf(file)) as FlowNode[];
  return {
    name,
    nodes,
    isOfNode: nodeFolders.includes(name),
    needsDashboard: nodes.some(({ type }) => type.startsWith('ui-')),
  };
});

/** Those that a Node-RED with nothing but this package can run. */
export const plainExamples = examples.filter(({ needsDashboard }) => !needsDashboard);

/** A flow tab for each example, with its nodes: what the editor makes of them when they are imported into new flows. */
export const asImported = (given: readonly Example[]): FlowNode[] =>
  given.flatMap(({ name, nodes }) => [{ id: String(nodes.find(({ z }) => z)?.z), type: 'tab', label: name }, ...nodes]);
