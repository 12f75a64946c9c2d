import type { HttpRequest, HttpResponse, Red } from '../red';
import { adminRoute, type Permission } from './routes';

/** What somebody may do, for the editor to show only that. Every route checks by itself. */
export interface Permissions {
  write: boolean;
}

/** `GET permissions`: whoever may look learns what else is allowed. */
export function openPermissions(red: Red): void {
  adminRoute(red, { method: 'get', path: 'permissions', needs: 'dinstar.read' }, ({ request }) =>
    permissionsOf(red, request),
  );
}

/** What the sender of a request may do. */
export const permissionsOf = async (red: Red, request: HttpRequest): Promise<Permissions> => ({
  write: await may(red, 'dinstar.write', request),
});

// Node-RED doesn't say what somebody may do, it only lets pass or answers itself: that answer is caught here.
function may(red: Red, permission: Permission, request: HttpRequest): Promise<boolean> {
  return new Promise((resolve) => {
    const refused = (): void => resolve(false);
    const caught: HttpResponse & { setHeader(): void } = {
      headersSent: false,
      status: () => caught,
      set: () => caught,
      setHeader: () => undefined,
      on: () => caught,
      json: refused,
      end: refused,
    };
    red.auth.needsPermission(permission)(request, caught, (error) => resolve(error === undefined));
  });
}
