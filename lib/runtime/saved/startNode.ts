import type { GatewayError } from '../../gateway-api';
import { onInput } from '../input';
import type { Red, RedNode, SavedNode } from '../red';
import type { SharedRuntime } from '../SharedRuntime';
import { statusOf } from '../status';
import { tellAtStart } from '../tellAtStart';
import { useOwnStatus } from './ownStatus';
import { readSaved, type SavedShape, type Settings } from './readSaved';
import { hide } from './untold';
import { variableIn } from './variables';

/** Begins every node of ours: creates it, brings it into the shared runtime, and reads what it was saved with. */
export function startNode(
  red: Red,
  runtime: SharedRuntime,
  node: RedNode,
  saved: SavedNode,
  shape: SavedShape,
): Settings {
  red.nodes.createNode(node, saved);
  useOwnStatus(red, node);
  runtime.register(red);
  const settings = readSaved(red, node, saved, shape);
  const { gateway } = settings.properties;
  if (typeof gateway === 'string' && gateway !== '') runtime.users.add(gateway, node);
  for (const [property, written] of Object.entries(settings.written)) {
    const from = variableIn(written);
    // One that is left as it is written holds nothing.
    if (!from || variableIn(saved[property])) continue;
    // The editor keeps a description in `info`; errors call the list by its own name.
    hide(node, property === 'infoTypes' ? 'info' : property, saved[property], from.name);
  }
  return settings;
}

/** Lets a node do nothing but say what is wrong with it: once by itself, where a Catch node hears it, and at each input. */
export function refuseInputs(node: RedNode, problem: GatewayError): void {
  onInput(node, () => Promise.reject(problem));
  tellAtStart(node, statusOf(problem), problem);
}
