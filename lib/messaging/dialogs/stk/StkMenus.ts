import type { Clock } from '../../../clock';
import type { StkFrame, StkView } from '../../../gateway-api';
import type { RequestQueue } from '../../requestQueue/RequestQueue';
import { PortMutexes } from '../PortMutexes';
import { answerFor } from './answers';
import { Menu, type StkApi } from './Menu';
import { findItem } from './names';
import type { StkRequest } from './stkRequest';
import { walk } from './walk';

export interface StkMenusOptions {
  requests: RequestQueue<StkApi>;
  clock: Clock;
  /** Shared with the USSD dialogues of the gateway. */
  mutexes?: PortMutexes;
}

/**
 * The SIM menus of a gateway: one step at a time on each port, whichever node wants it, and none during a USSD dialogue; the
 * ports side by side.
 */
export class StkMenus {
  private readonly mutexes: PortMutexes;

  constructor(private readonly options: StkMenusOptions) {
    this.mutexes = options.mutexes ?? new PortMutexes();
  }

  /**
   * Does what is asked for and resolves with what the menu shows then. Looking waits for nobody.
   * Rejects as the client does, and with `NOT_FOUND` (no such item), `INVALID_INPUT` (what doesn't fit what the menu asks
   * for), `TIMEOUT` (no new frame).
   */
  async run(request: StkRequest, signal?: AbortSignal): Promise<StkView | Pick<StkFrame, 'port' | 'frame_id'>> {
    const { port, wait } = request;
    const menu = new Menu({ ...this.options, port, wait, signal });
    if (request.action === 'view') return menu.view();
    if (request.action === 'frame') return { port, frame_id: await menu.frame() };
    if (request.action !== 'walk') return this.inTurn(port, signal, () => step(menu, request));
    // On the way home nobody's removal counts: the next one finds the menu where it begins.
    const wayBack = new Menu({ ...this.options, port, wait });
    return this.inTurn(port, signal, () => walk(menu, wayBack, request.steps));
  }

  private async inTurn<T>(port: number, signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
    const leave = await this.mutexes.of(port).enter(signal);
    try {
      return await work();
    } finally {
      leave();
    }
  }
}

type Step = Exclude<StkRequest, { action: 'view' | 'frame' } | { action: 'walk' }>;

async function step(menu: Menu, request: Step): Promise<StkView> {
  if (request.action === 'home') return menu.home();
  if (request.action === 'select') {
    const { view, frame } = await menu.look();
    return menu.go({ item: findItem(view, request.item, 'item').item_id }, frame);
  }
  if (request.action === 'input') {
    const { view, frame } = await menu.look();
    return menu.go({ param: answerFor(view, request.param, 'param') }, frame);
  }
  return menu.go({ action: request.action as 'ok' | 'cancel' }, await menu.frame());
}
