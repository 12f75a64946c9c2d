import type { Gateway } from '../device/Gateway';
import type { Params } from './Params';
import { malformed } from './Refusal';
import type { Reply, Route } from './route';

/** Get CDR (manual 12). */
export const getCdr: Route = { path: '/api/get_cdr', methods: ['POST'], answer };

function answer(gateway: Gateway, params: Params): Reply {
  if (params.has('port') && gateway.world.settings.refusesCdrPort) throw malformed('port is not known');
  const ports = params.ports();
  const after = params.timestamp('time_after');
  const before = params.timestamp('time_before');
  const cdr = gateway.calls
    .all()
    .filter(
      ({ port, start_date }) =>
        (!ports?.length || ports.includes(port)) && (!after || start_date > after) && (!before || start_date < before),
    );
  return { error_code: 200, cdr: gateway.capped(cdr) };
}
