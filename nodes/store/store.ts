import { invalidInput } from '../../lib/gateway-api';
import { house } from '../../lib/runtime/house';
import type { Red } from '../../lib/runtime/red';
import { startNode } from '../../lib/runtime/saved/startNode';
import { NOT_YET, statusOf } from '../../lib/runtime/status';
import { tellAtStart } from '../../lib/runtime/tellAtStart';
import { heardBy } from '../../lib/runtime/users';
import { defaults, normalise } from './config';

const NOT_YET_WHY = 'the PostgreSQL store comes with a later version; until then nothing is taken for it';

/** The config node of a store: where messages wait, and how long finished ones are remembered. */
export = (red: Red): void => {
  red.nodes.registerType(
    'dinstar-store',
    function (saved) {
      const { properties: given, problem } = startNode(red, house, this, saved, { defaults });
      const properties = { ...normalise(given), problem };
      house.storeNodes.add(this.id, properties);
      heardBy(this, () => house.users.of(house.gatewayNodes.withStore(this.id)));
      if (problem) {
        tellAtStart(this, statusOf(problem), problem);
      } else if (properties.kind === 'postgres') {
        tellAtStart(this, NOT_YET, invalidInput('kind', NOT_YET_WHY));
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
