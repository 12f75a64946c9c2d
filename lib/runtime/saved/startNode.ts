import type { GatewayError } from '../../gateway-api';
import { onInput } from '../input';
import type { Red, RedNode, SavedNode } from '../red';
import type { SharedRuntime } from '../SharedRuntime';
import { CATALOGUE, statusOf } from '../status';
import { tellAtStart } from '../tellAtStart';
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
  translateEverywhere(red, node);
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

/**
 * Statuses are keys of the node's catalogue, or texts as they are, such as a time. The editor shows the status of a node in a
 * subflow at the subflow, too, whose catalogue is another one: with their namespace keys are found there as well. A text with a
 * namespace would be shown with it. The editor knows no values: with those a text is made up here, in the runtime's language.
 */
function translateEverywhere(red: Pick<Red, '_'>, node: RedNode): void {
  const show = node.status.bind(node);
  const namespace = `@gsm-gateway/node-red-dinstar/${node.type.replace(/^dinstar-/, '')}`;
  node.status = (status) => {
    if (status === '' || !status.text?.startsWith(CATALOGUE)) return show(status);
    const { values, ...shown } = status;
    const key = `${namespace}:${status.text}`;
    show({ ...shown, text: values ? red._(key, values) : key });
  };
}

/** Lets a node do nothing but say what is wrong with it: once by itself, where a Catch node hears it, and at each input. */
export function refuseInputs(node: RedNode, problem: GatewayError): void {
  onInput(node, () => Promise.reject(problem));
  tellAtStart(node, statusOf(problem), problem);
}
