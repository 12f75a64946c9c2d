import type { House } from '../house';
import type { Red } from '../red';
import { adminRoute } from './routes';

/** `GET receivers/:id/last-push`: when a push receiver last heard something, and of which gateway. */
export function openLastPush(red: Red, house: House): void {
  adminRoute(red, { method: 'get', path: 'receivers/:id/last-push', needs: 'dinstar.read' }, ({ params }) =>
    house.lastPushes.of(params.id ?? ''),
  );
}
