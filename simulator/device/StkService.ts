import type { Params } from '../endpoints/Params';
import { malformed, Refusal } from '../endpoints/Refusal';
import type { Reply, Route } from '../endpoints/route';
import { asks, desktop, inputType, type StkScreen, takes, thanks } from '../network/stkMenu';
import type { Gateway } from './Gateway';
import type { GsmPort } from './GsmPort';
import type { World } from './world';

interface View {
  frame_id: number;
  /** The way from the desktop to the screen shown. */
  readonly way: StkScreen[];
}

/** The SIM toolkits, one on each port. */
export class StkService {
  private readonly views = new Map<number, View>();

  constructor(private readonly world: World) {}

  /** Number of the screen shown; it changes when the SIM shows another one. */
  frameOf(port: number): number {
    return this.viewOf(port).frame_id;
  }

  screenOf(port: number): StkScreen {
    return this.viewOf(port).way.at(-1) ?? desktop;
  }

  /** The SIM takes a moment, then shows another screen: `next` on top, 'back' or 'home'. */
  show(port: number, next: StkScreen | 'back' | 'home'): void {
    this.world.timers.after(this.world.pace('stk'), () => {
      const view = this.viewOf(port);
      if (next === 'home') view.way.length = 0;
      else if (next === 'back') view.way.pop();
      else view.way.push(next);
      view.frame_id += 1;
    });
  }

  forget(): void {
    this.views.clear();
  }

  private viewOf(port: number): View {
    const known = this.views.get(port);
    if (known) return known;
    const fresh: View = { frame_id: 1, way: [] };
    this.views.set(port, fresh);
    return fresh;
  }
}

/** STK: look, do, and see whether the screen has changed (manual 13, 14, 15; these paths have no /api). */
export const stkRoutes: readonly Route[] = [
  { path: '/GetSTKView', methods: ['GET'], answer: getView },
  { path: '/STKGo', methods: ['POST'], answer: go },
  { path: '/GetSTKCurrFrameIndex', methods: ['GET'], answer: getFrame },
];

function getView(gateway: Gateway, params: Params): Reply {
  const { port } = portWithSim(gateway, params);
  const { title, text, input_type, items } = gateway.stk.screenOf(port);
  const item = items?.map(({ name }, index) => ({ item_id: index + 1, item_string: name }));
  return {
    title,
    ...(text ? { text } : {}),
    ...(item ? { item } : {}),
    input_type,
    frame_id: gateway.stk.frameOf(port),
  };
}

function getFrame(gateway: Gateway, params: Params): Reply {
  return { frame_id: gateway.stk.frameOf(portWithSim(gateway, params).port) };
}

/** The manual documents no answer for STKGo: the gateway says 200. */
function go(gateway: Gateway, params: Params): Reply {
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

function portWithSim(gateway: Gateway, params: Params): GsmPort {
  const number = params.integer('port', 0, 31);
  if (number === undefined) throw malformed('port is missing');
  const port = gateway.ports[number];
  if (!port?.card) throw new Refusal(500, 'no SIM in this port');
  return port;
}
