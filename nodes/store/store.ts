import { GatewayError, invalidInput } from '../../lib/gateway-api';
import type { Red } from '../../lib/runtime/red';
import { runtime } from '../../lib/runtime/SharedRuntime';
import { startNode } from '../../lib/runtime/saved/startNode';
import { statusOf } from '../../lib/runtime/status';
import { databaseOf } from '../../lib/runtime/stores/databaseOf';
import { tellAtStart } from '../../lib/runtime/tellAtStart';
import { heardBy } from '../../lib/runtime/Users';
import { defaults, normalise, rules } from './config';

/** Uses the database that a store node names; answers with what is wrong with it. */
function useDatabase(red: Red, id: string, asked: Parameters<typeof databaseOf>[1]): GatewayError | undefined {
  const settings = databaseOf(red, asked);
  if (settings instanceof GatewayError) return settings;
  if (runtime.database.isOther(id, settings)) {
    return invalidInput('connection', 'must be the one of the other PostgreSQL store: one Node-RED uses one database');
  }
  runtime.database.use(id, settings);
  return undefined;
}

/** The config node of a store: where messages wait, and how long finished ones are remembered. */
export = (red: Red): void => {
  red.nodes.registerType<{ connection?: string }>(
    'dinstar-store',
    function (saved) {
      const { properties: given, problem: wrong } = startNode(red, runtime, this, saved, { defaults, rules });
      const config = normalise(given);
      const asked = { ...config, connection: this.credentials?.connection };
      const problem = wrong ?? (config.kind === 'postgres' ? useDatabase(red, this.id, asked) : undefined);
      const properties = { ...config, problem };
      runtime.storeNodes.add(this.id, properties);
      heardBy(this, () => runtime.users.of(runtime.gatewayNodes.withStore(this.id)));
      if (problem) tellAtStart(this, statusOf(problem), problem);
      this.on('close', (removed, closed) => {
        if (removed || runtime.closing) {
          runtime.storeNodes.remove(this.id, properties);
          runtime.database.release(this.id, runtime.closing);
        }
        closed();
      });
    },
    { credentials: { connection: { type: 'password' } } },
  );
  red.httpAdmin.get('/dinstar/store', red.auth.needsPermission('dinstar.read'), (_request, response) => {
    response.json({ embedded: runtime.storedBy });
  });
};
