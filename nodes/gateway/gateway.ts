import { openConnectionTest } from '../../lib/runtime/admin/connection';
import { openPermissions } from '../../lib/runtime/admin/permissions';
import { openPortList } from '../../lib/runtime/admin/portList';
import { openSelfTests } from '../../lib/runtime/admin/selfTests';
import { openSimulatorPage } from '../../lib/runtime/admin/simulatorPage';
import { type GatewayCredentials, GatewayNode } from '../../lib/runtime/gateways/GatewayNode';
import { house } from '../../lib/runtime/house';
import type { Red } from '../../lib/runtime/red';
import { startNode } from '../../lib/runtime/saved/startNode';
import { heardBy } from '../../lib/runtime/users';
import { defaults, normalise } from './config';

/** Without a password a login is used up for nothing; without the fuse any number of SMS go. */
const GUARDS = ['password', 'maxPerHour'];

/** The config node of a gateway: its address, its login, and how SMS go to it. */
export = (red: Red): void => {
  openPermissions(red);
  openConnectionTest(red, house);
  openPortList(red, house);
  openSimulatorPage(red, house);
  openSelfTests(red, house);
  red.nodes.registerType<GatewayCredentials>(
    'dinstar-gateway',
    function (saved) {
      const settings = startNode(red, house, this, saved, { defaults, guards: GUARDS, named: true });
      const gateway = new GatewayNode(house, this, normalise(settings.properties), red, settings);
      heardBy(this, () => house.users.of([this.id]));
      gateway.start();
      this.on('close', (removed, done) => {
        if (removed || house.closing) void gateway.end().then(done);
        else done();
      });
    },
    { credentials: { username: { type: 'text' }, password: { type: 'password' } } },
  );
};
