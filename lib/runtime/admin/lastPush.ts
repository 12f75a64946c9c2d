import type { Red } from '../red';
import type { SharedRuntime } from '../SharedRuntime';
import { adminRoute } from './routes';

/** `GET receivers/:id/last-push`: when a push receiver last heard something, and of which gateway. */
export function openLastPush(red: Red, runtime: SharedRuntime): void {
  adminRoute(red, { method: 'get', path: 'receivers/:id/last-push', needs: 'dinstar.read' }, ({ params }) =>
    runtime.lastPushes.of(params.id ?? ''),
  );
}
