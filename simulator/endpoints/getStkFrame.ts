import type { Gateway } from '../device/Gateway';
import type { Params } from './Params';
import { portWithSim } from './portWithSim';
import type { Reply, Route } from './route';

/** Whether the screen has changed (manual 15; this path has no /api). */
export const getStkFrame: Route = { path: '/GetSTKCurrFrameIndex', methods: ['GET'], answer };

function answer(gateway: Gateway, params: Params): Reply {
  return { frame_id: gateway.stk.frameOf(portWithSim(gateway, params).port) };
}
