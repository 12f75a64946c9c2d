import type { Clock } from '../../../clock';
import type { StkFrame, StkView } from '../../../gateway-api';
import type { Line } from '../../line/line';
import { PortTurns } from '../Turns';
import { answerFor } from './answers';
import { Menu, type StkApi } from './Menu';
import { findItem } from './names';
import { walk } from './walk';
import type { StkWish } from './wish';

export interface StkMenusOptions {
  line: Line<StkApi>;
  clock: Clock;
  /** Shared with the USSD dialogues of the gateway. */
  turns?: PortTurns;
}

/**
 * The SIM menus of a gateway: one step at a time on each port, whichever node wants it, and none during a USSD dialogue; the
 * ports side by side.
 */
export class StkMenus {
  private readonly turns: PortTurns;

  constructor(private readonly options: StkMenusOptions) {
    this.turns = options.turns ?? new PortTurns();
  }

  /**
   * Does what is wished and resolves with what the menu shows then. Looking waits for nobody.
   * Rejects as the client does, and with `NOT_FOUND` (no such item), `INVALID_INPUT` (what doesn't fit what the menu asks
   * for), `TIMEOUT` (no new frame).
   */
  async run(wish: StkWish, signal?: AbortSignal): Promise<StkView | Pick<StkFrame, 'port' | 'frame_id'>> {
    const { port, wait } = wish;
    const menu = new Menu({ ...this.options, port, wait, signal });
    if (wish.action === 'view') return menu.view();
    if (wish.action === 'frame') return { port, frame_id: await menu.frame() };
    if (wish.action !== 'walk') return this.inTurn(port, signal, () => step(menu, wish));
    // On the way home nobody's removal counts: the next one finds the menu where it begins.
    const wayBack = new Menu({ ...this.options, port, wait });
    return this.inTurn(port, signal, () => walk(menu, wayBack, wish.steps));
  }

  private async inTurn<T>(port: number, signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
    const leave = await this.turns.of(port).enter(signal);
    try {
      return await work();
    } finally {
      leave();
    }
  }
}

type Step = Exclude<StkWish, { action: 'view' | 'frame' } | { action: 'walk' }>;

async function step(menu: Menu, wish: Step): Promise<StkView> {
  if (wish.action === 'home') return menu.home();
  if (wish.action === 'select') {
    const { view, frame } = await menu.look();
    return menu.go({ item: findItem(view, wish.item, 'item').item_id }, frame);
  }
  if (wish.action === 'input') {
    const { view, frame } = await menu.look();
    return menu.go({ param: answerFor(view, wish.param, 'param') }, frame);
  }
  return menu.go({ action: wish.action as 'ok' | 'cancel' }, await menu.frame());
}
