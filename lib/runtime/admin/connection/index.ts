import type { Red } from '../../red';
import type { SharedRuntime } from '../../SharedRuntime';
import { adminRoute } from '../routes';
import { ConnectionTest } from './ConnectionTest';
import { readConnectionTestRequest } from './connectionTestRequest';

/** The route behind the button "Test connection": the dialog's fields in, what the gateway tells out. */
export function openConnectionTest(red: Red, runtime: SharedRuntime): void {
  const test = new ConnectionTest(runtime);
  adminRoute(red, { method: 'post', path: 'connection', needs: 'dinstar.write' }, ({ body }) =>
    test.run(readConnectionTestRequest(red, runtime.gatewayNodes, body)),
  );
}
