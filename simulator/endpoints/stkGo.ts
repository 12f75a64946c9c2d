import type { Gateway } from '../device/Gateway';
import { asks, inputType, type StkScreen, takes, thanks } from '../network/stkMenu';
import type { Params } from './Params';
import { portWithSim } from './portWithSim';
import { malformed } from './Refusal';
import type { Reply, Route } from './route';

/** Choose, answer, go back or home (manual 14; this path has no /api). */
export const stkGo: Route = { path: '/STKGo', methods: ['POST'], answer };

/** The manual documents no answer for STKGo: the gateway says 200. */
function answer(gateway: Gateway, params: Params): Reply {
  const { port } = portWithSim(gateway, params);
  const item = params.integer('item', 0, 255);
  const param = params.string('param');
  const action = params.string('action');
  if (action !== undefined && action !== 'ok') gateway.stk.show(port, readAction(gateway, action));
  else gateway.stk.show(port, nextScreen(gateway.stk.screenOf(port), item, param));
  return { error_code: 200 };
}

function readAction(gateway: Gateway, action: string): 'back' | 'home' {
  if (action === 'home') return 'home';
  const { stkCancel } = gateway.world.settings;
  const cancels = stkCancel === 'any' ? ['candle', 'cancle', 'cancel'] : [stkCancel];
  if (cancels.includes(action)) return 'back';
  throw malformed('action is not known');
}

function nextScreen(screen: StkScreen, item: number | undefined, param: string | undefined): StkScreen | 'back' {
  if (screen.items) {
    const chosen = item === undefined ? undefined : screen.items[item - 1];
    if (!chosen) throw malformed('item is not on the screen');
    return chosen.leadsTo;
  }
  if (!asks(screen)) return 'back';
  // "ok" without words is the yes of a yes-or-no question.
  const answer = param ?? (screen.input_type === inputType.yesNo ? 'yes' : '');
  if (!takes(screen, answer)) throw malformed('param does not fit what the screen asks for');
  return thanks(screen, answer);
}
