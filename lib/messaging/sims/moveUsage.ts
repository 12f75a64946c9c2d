import type { Clock } from '../../clock';
import type { SmsChange, Store } from '../../store';
import { type InGatewayOptions, inGateway, UNSENT } from './inGateway';

export type MovingStore = Pick<Store, 'find' | 'change' | 'changeUsage'>;

/**
 * What was counted of a port, while nobody knew its card, is the card's from now on. So are the charges of SMS that lie in the
 * gateway: they may be given back. These go first; where the process ends in between, all of it happens at the next start.
 */
export async function moveUsage(
  move: readonly { from: string; to: string }[],
  options: InGatewayOptions & { store: MovingStore; clock: Clock },
): Promise<void> {
  if (move.length === 0) return;
  const { store, clock } = options;
  const to = new Map(move.map((one) => [one.from, one.to]));
  const changes = (await inGateway(options)).flatMap(({ id, sim }): SmsChange[] => {
    const card = sim && to.get(sim.card);
    if (!sim || card === undefined) return [];
    return [{ id, recharge: { ...sim, card, charges: sim.charges.map((charge) => ({ ...charge, card })) } }];
  });
  if (changes.length > 0) await store.change(changes, UNSENT);
  await store.changeUsage({ at: clock.now(), move: [...move] });
}
