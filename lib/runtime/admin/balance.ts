import type { BalanceRead } from '../../admin/answers';
import { readBalance } from '../../messaging';
import { plansOf } from '../gateways/plansOf';
import type { Red } from '../red';
import type { SharedRuntime } from '../SharedRuntime';
import { adminRoute } from './routes';
import { tryJsonata } from './tryJsonata';

/** Longer than any USSD text: what is typed to try a pattern with. */
const MOST_CHARACTERS = 1000;

/**
 * `POST balance`: what a plan's pattern finds in an operator's text: in `text`, else in the last one that the deployed gateway
 * of `id` has got. Nothing is asked of a gateway.
 */
export function openBalance(red: Red, runtime: SharedRuntime): void {
  adminRoute(
    red,
    { method: 'post', path: 'balance', needs: 'dinstar.write' },
    async ({ body }): Promise<BalanceRead> => {
      const { id, read, readType } = body;
      const [plan] = plansOf(red, [{ balance: { ussd: '*1#', read, readType } }], 'UTC');
      const node = typeof id === 'string' ? runtime.gatewayNodes.meant(id) : undefined;
      const last = node && runtime.gateways.of(node.id)?.sims.lastBalanceText;
      const text = typeof body.text === 'string' ? body.text.slice(0, MOST_CHARACTERS) : last;
      if (text === undefined || !plan?.balance) return { value: null };
      const value = await readBalance(text, plan.balance, (expression, given) => tryJsonata(red, expression, given));
      return { text, value };
    },
  );
}
