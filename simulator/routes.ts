import { cdrRoute } from './cdr';
import { inboxRoute } from './Inbox';
import { portRoutes } from './portInfo';
import { querySmsRoutes } from './querySms';
import type { Route } from './route';
import { sendSmsRoute } from './sendSms';
import { statusRoute } from './status';
import { stkRoutes } from './stk';
import { ussdRoutes } from './ussd';

/** Every endpoint of the gateway (manual 2 to 15 and get_status), by path. */
export const routes: ReadonlyMap<string, Route> = new Map(
  [sendSmsRoute, ...querySmsRoutes, inboxRoute, ...ussdRoutes, ...portRoutes, cdrRoute, ...stkRoutes, statusRoute].map(
    (route) => [route.path, route],
  ),
);
