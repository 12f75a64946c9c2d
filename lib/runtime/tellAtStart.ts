import { untilFlowsRun } from './flowStops';
import { asError } from './input';
import { withFieldNamed } from './namedField';
import type { RedNode, Status } from './red';

/**
 * Shows at once why a node can't work, and says it when all nodes are there: no Catch or Status node hears what is said
 * before. A node that is closed by then says nothing.
 */
export function tellAtStart(node: RedNode, status: Status, error: Error): void {
  const told = withFieldNamed(asError(error), node);
  node.status(status);
  let isClosed = false;
  node.on('close', (_removed, closed) => {
    isClosed = true;
    closed();
  });
  void untilFlowsRun().then(() => {
    if (isClosed) return;
    node.status(status);
    node.error(told, {});
  });
}
