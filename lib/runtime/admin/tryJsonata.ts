import type { Red } from '../red';

/** An expression that takes longer for so short a text would keep Node-RED from all else, in ms of a processor. */
const MOST_MS = 100;

/**
 * What an expression finds in a text, its `payload`, while somebody tries it in a dialog: he may not be one who deploys, so
 * it has neither variables nor context. Rejects when it fails or takes too long.
 */
export async function tryJsonata(red: Red, expression: string, text: string): Promise<unknown> {
  const tried = red.util.prepareJSONataExpression(expression);
  for (const name of ['env', 'flowContext', 'globalContext']) tried.assign(name, () => undefined);
  const [end, before] = [performance.now() + MOST_MS, process.cpuUsage()];
  // JSONata calls it before each step. On a busy machine the wall's time goes by while nothing is done here.
  tried.assign(Symbol.for('jsonata.__evaluate_entry'), () => {
    if (performance.now() > end && process.cpuUsage(before).user >= MOST_MS * 1000) {
      throw new Error('the expression takes too long');
    }
  });
  return tried.evaluate({ payload: text, msg: { payload: text } });
}
