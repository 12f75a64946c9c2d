import type { Gateway } from '../device/Gateway';
import type { Params } from './Params';
import { portWithSim } from './portWithSim';
import type { Reply, Route } from './route';

/** The screen that the SIM shows (manual 13; this path has no /api). */
export const getStkView: Route = { path: '/GetSTKView', methods: ['GET'], answer };

function answer(gateway: Gateway, params: Params): Reply {
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
