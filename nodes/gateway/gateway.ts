import { openConnectionTest } from '../../lib/runtime/admin/connection';
import { openPermissions } from '../../lib/runtime/admin/permissions';
import { openPortList } from '../../lib/runtime/admin/portList';
import { openSelfTests } from '../../lib/runtime/admin/selfTests';
import { type GatewayCredentials, GatewayNode } from '../../lib/runtime/gateways/GatewayNode';
import { house } from '../../lib/runtime/house';
import type { Red } from '../../lib/runtime/red';
import { normalise } from './config';

/** The config node of a gateway: its address, its login, and how SMS go to it. */
export = (red: Red): void => {
  openPermissions(red);
  openConnectionTest(red, house);
  openPortList(red, house);
  openSelfTests(red, house);
  red.nodes.registerType<GatewayCredentials>(
    'dinstar-gateway',
    function (saved) {
      red.nodes.createNode(this, saved);
      house.enter(red);
      const gateway = new GatewayNode(house, this, normalise(saved), red);
      gateway.start();
      this.on('close', (removed, done) => {
        if (removed || house.closing) void gateway.end().then(done);
        else done();
      });
    },
    { credentials: { username: { type: 'text' }, password: { type: 'password' } } },
  );
};
