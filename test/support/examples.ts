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
  /** The package whose nodes its flow needs beside this one and Node-RED. */
  needs: string | undefined;
}

/** The packages that an example may need, by what the types of their nodes begin with. */
const PACKAGES: Readonly<Record<string, string>> = {
  'ui-': '@flowfuse/node-red-dashboard',
  'e-mail': 'node-red-node-email',
};

const packageOf = (type: string): string | undefined =>
  Object.entries(PACKAGES).find(([beginning]) => type.startsWith(beginning))?.[1];

/** Every example, read from the folder. */
export const examples: readonly Example[] = filesIn(['examples'], '.json').map((file) => {
  const name = file.replace(/^examples\/|\.json$/g, '');
  const nodes = JSON.parse(textOf(file)) as FlowNode[];
  return {
    name,
    nodes,
    isOfNode: nodeFolders.includes(name),
    needs: nodes.map(({ type }) => packageOf(type)).find((name) => name !== undefined),
  };
});

/** Those that a Node-RED with nothing but this package can run. */
export const plainExamples = examples.filter(({ needs }) => needs === undefined);

/** A flow tab for each example, with its nodes: what the editor makes of them when they are imported into new flows. */
export const asImported = (given: readonly Example[]): FlowNode[] =>
  given.flatMap(({ name, nodes }) => [{ id: String(nodes.find(({ z }) => z)?.z), type: 'tab', label: name }, ...nodes]);
