import type { Red } from '../red';
import type { SharedRuntime } from '../SharedRuntime';
import { adminRoute, gatewayOf } from './routes';

/** `GET gateways/:id/page`: where a deployed simulated gateway has its web page, on Node-RED's machine; empty for a real one. */
export function openSimulatorPage(red: Red, runtime: SharedRuntime): void {
  adminRoute(red, { method: 'get', path: 'gateways/:id/page', needs: 'dinstar.read' }, (call) => {
    const { page } = gatewayOf(runtime, call);
    return page === undefined ? {} : { page };
  });
}
