import type { House } from '../../house';
import type { Red } from '../../red';
import { adminRoute } from '../routes';
import { ConnectionTest } from './ConnectionTest';
import { readConnectionWish } from './wish';

/** The route behind the button "Test connection": the dialog's fields in, what the gateway tells out. */
export function openConnectionTest(red: Red, house: House): void {
  const test = new ConnectionTest(house);
  adminRoute(red, { method: 'post', path: 'connection', needs: 'dinstar.write' }, ({ body }) =>
    test.run(readConnectionWish(red, house.gatewayNodes, body)),
  );
}
