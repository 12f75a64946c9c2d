import { invalidInput } from '../../lib/gateway-api';
import type { Red } from '../../lib/runtime/red';
import { runtime } from '../../lib/runtime/SharedRuntime';
import { startNode } from '../../lib/runtime/saved/startNode';
import { NOT_YET, statusOf } from '../../lib/runtime/status';
import { tellAtStart } from '../../lib/runtime/tellAtStart';
import { heardBy } from '../../lib/runtime/Users';
import { defaults, normalise, rules } from './config';

const NOT_YET_WHY = 'the PostgreSQL store comes with a later version; until then nothing is taken for it';

/** The config node of a store: where messages wait, and how long finished ones are remembered. */
export = (red: Red): void => {
  red.nodes.registerType(
    'dinstar-store',
    function (saved) {
      const { properties: given, problem } = startNode(red, runtime, this, saved, { defaults, rules });
      const properties = { ...normalise(given), problem };
      runtime.storeNodes.add(this.id, properties);
      heardBy(this, () => runtime.users.of(runtime.gatewayNodes.withStore(this.id)));
      if (problem) {
        tellAtStart(this, statusOf(problem), problem);
      } else if (properties.kind === 'postgres') {
        tellAtStart(this, NOT_YET, invalidInput('kind', NOT_YET_WHY));
      }
      this.on('close', (removed, closed) => {
        if (removed || runtime.closing) runtime.storeNodes.remove(this.id, properties);
        closed();
      });
    },
    { credentials: { connection: { type: 'password' } } },
  );
  red.httpAdmin.get('/dinstar/store', red.auth.needsPermission('dinstar.read'), (_request, response) => {
    response.json({ embedded: runtime.storedBy });
  });
};
