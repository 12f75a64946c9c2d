import { cdrRoute } from './cdr';
import { inboxRoute } from './inbox';
import { portRoutes } from './port-info';
import { querySmsRoutes } from './query-sms';
import type { Route } from './route';
import { sendSmsRoute } from './send-sms';
import { statusRoute } from './status';
import { stkRoutes } from './stk';
import { ussdRoutes } from './ussd';

/** Every endpoint of the gateway (manual 2 to 15 and get_status), by path. */
export const routes: ReadonlyMap<string, Route> = new Map(
  [sendSmsRoute, ...querySmsRoutes, inboxRoute, ...ussdRoutes, ...portRoutes, cdrRoute, ...stkRoutes, statusRoute].map(
    (route) => [route.path, route],
  ),
);
