import { openBalance } from '../../lib/runtime/admin/balance';
import { openConnectionTest } from '../../lib/runtime/admin/connection';
import { openPortList } from '../../lib/runtime/admin/PortList';
import { openPermissions } from '../../lib/runtime/admin/permissions';
import { openSelfTests } from '../../lib/runtime/admin/SelfTests';
import { openSimulatorPage } from '../../lib/runtime/admin/simulatorPage';
import { GatewayNode } from '../../lib/runtime/gateways/GatewayNode';
import type { GatewayCredentials } from '../../lib/runtime/gateways/gatewayProperties';
import type { Red } from '../../lib/runtime/red';
import { runtime } from '../../lib/runtime/SharedRuntime';
import { startNode } from '../../lib/runtime/saved/startNode';
import { warnOfStranded } from '../../lib/runtime/sms/jobsOfNode';
import { heardBy } from '../../lib/runtime/Users';
import { defaults, normalise, rules } from './config';

/** Without a password a login is used up for nothing; without its limits any number of SMS go. */
const GUARDS = ['password', 'maxPerHour', 'maxPerRecipient'];

/** The config node of a gateway: its address, its login, and how SMS go to it. */
export = (red: Red): void => {
  openPermissions(red);
  openConnectionTest(red, runtime);
  openPortList(red, runtime);
  openSimulatorPage(red, runtime);
  openBalance(red, runtime);
  openSelfTests(red, runtime);
  red.nodes.registerType<GatewayCredentials>(
    'dinstar-gateway',
    function (saved) {
      const settings = startNode(red, runtime, this, saved, { defaults, rules, guards: GUARDS, named: true });
      const gateway = new GatewayNode(runtime, this, normalise(settings.properties), red, settings);
      heardBy(this, () => runtime.users.of([this.id]));
      gateway.start();
      this.on('close', (removed, done) => {
        if (removed && !runtime.closing) warnOfStranded(runtime, this).catch(() => undefined);
        if (removed || runtime.closing) void gateway.end().then(done);
        else done();
      });
    },
    { credentials: { username: { type: 'text' }, password: { type: 'password' } } },
  );
};
