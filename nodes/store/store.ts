import { house } from '../../lib/runtime/house';
import type { Red } from '../../lib/runtime/red';
import { NOT_YET } from '../../lib/runtime/status';
import { normalise } from './config';

/** The config node of a store: where messages wait, and how long finished ones are remembered. */
export = (red: Red): void => {
  red.nodes.registerType(
    'dinstar-store',
    function (saved) {
      red.nodes.createNode(this, saved);
      house.enter(red);
      const properties = normalise(saved);
      house.storeNodes.add(this.id, properties);
      if (properties.kind === 'postgres') {
        this.status(NOT_YET);
        this.error('kind: the PostgreSQL store comes with a later version; until then nothing is taken for it');
      }
      this.on('close', (removed, closed) => {
        if (removed || house.closing) house.storeNodes.remove(this.id, properties);
        closed();
      });
    },
    { credentials: { connection: { type: 'password' } } },
  );
  red.httpAdmin.get('/dinstar/store', red.auth.needsPermission('dinstar.read'), (_request, response) => {
    response.json({ embedded: house.storedBy });
  });
};
