import { openMetrics } from '../../lib/runtime/metrics/openMetrics';
import type { Red } from '../../lib/runtime/red';
import { runtime } from '../../lib/runtime/SharedRuntime';
import { startNode } from '../../lib/runtime/saved/startNode';
import { statusOf } from '../../lib/runtime/status';
import { tellAtStart } from '../../lib/runtime/tellAtStart';
import { heardBy } from '../../lib/runtime/Users';
import { defaults, normalise, rules } from './config';

/** Without them they would be open to everybody, or on the port of the editor. */
const GUARDS = ['token', 'allow', 'listen'];

interface Credentials {
  token?: string;
}

/** The config node of the metrics: what Prometheus reads, and whether all is well. */
export = (red: Red): void => {
  red.nodes.registerType<Credentials>(
    'dinstar-metrics',
    function (saved) {
      const { properties, problem } = startNode(red, runtime, this, saved, { defaults, rules, guards: GUARDS });
      heardBy(this, () => runtime.users.of([this.id]));
      if (problem) return tellAtStart(this, statusOf(problem), problem);
      const token = this.credentials?.token || undefined;
      const opened = openMetrics(red, runtime, this, { ...normalise(properties), token });
      this.on('close', (_removed, closed) => {
        void opened.close().then(closed, () => closed());
      });
    },
    { credentials: { token: { type: 'password' } } },
  );
};
