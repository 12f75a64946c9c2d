import { cdrRoute } from '../device/CallRecords';
import { inboxRoute } from '../device/Inbox';
import { stkRoutes } from '../device/StkService';
import { ussdRoutes } from '../device/UssdService';
import { statusRoute } from './getStatus';
import { portRoutes } from './portInfo';
import { querySmsRoutes } from './querySms';
import type { Route } from './route';
import { sendSmsRoute } from './sendSms';

/** Every endpoint of the gateway (manual 2 to 15 and get_status), by path. */
export const routes: ReadonlyMap<string, Route> = new Map(
  [sendSmsRoute, ...querySmsRoutes, inboxRoute, ...ussdRoutes, ...portRoutes, cdrRoute, ...stkRoutes, statusRoute].map(
    (route) => [route.path, route],
  ),
);
