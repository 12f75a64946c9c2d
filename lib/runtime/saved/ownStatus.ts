import { flowsRun } from '../flowStops';
import type { Red, RedNode, Status } from '../red';
import { CATALOGUE } from '../status';

/**
 * Makes a node's statuses ours: every status of every node of ours passes here. They are keys of the node's catalogue, or texts
 * as they are, such as a time; and one is set when it changes (contract), so that a flow which begins with a Status node isn't
 * started by each look at a gateway. A new object of the node, after a deploy, shows its own anew.
 */
export function useOwnStatus(red: Pick<Red, '_'>, node: RedNode): void {
  const show = node.status.bind(node);
  const translate = translator(red, node);
  // What Status nodes have heard: they hear nothing while the flows are being started.
  let heard: string | undefined;
  node.status = (status) => {
    const translated = translate(status);
    const written = JSON.stringify(translated);
    if (written === heard) return;
    heard = flowsRun() ? written : undefined;
    show(translated);
  };
}

/**
 * The editor shows the status of a node in a subflow at the subflow, too, whose catalogue is another one: with their namespace
 * keys are found there as well. A text with a namespace would be shown with it. The editor knows no values: with those a text
 * is made up here, in the runtime's language.
 */
function translator(red: Pick<Red, '_'>, { type }: RedNode): (status: Status | '') => Status | '' {
  const namespace = `@gsm-gateway/node-red-dinstar/${type.replace(/^dinstar-/, '')}`;
  return (status) => {
    if (status === '' || !status.text?.startsWith(CATALOGUE)) return status;
    const { values, ...shown } = status;
    const key = `${namespace}:${status.text}`;
    return { ...shown, text: values ? red._(key, values) : key };
  };
}
