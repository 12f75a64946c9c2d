import { house } from '../../lib/runtime/house';
import type { Red } from '../../lib/runtime/red';
import { startNode } from '../../lib/runtime/saved/startNode';
import { NOT_YET, statusOf } from '../../lib/runtime/status';
import { defaults, normalise } from './config';

/** The config node of a store: where messages wait, and how long finished ones are remembered. */
export = (red: Red): void => {
  red.nodes.registerType(
    'dinstar-store',
    function (saved) {
      const { properties: given, problem } = startNode(red, house, this, saved, { defaults });
      const properties = { ...normalise(given), problem };
      house.storeNodes.add(this.id, properties);
      if (problem) {
        this.status(statusOf(problem));
        this.error(problem);
      } else if (properties.kind === 'postgres') {
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
