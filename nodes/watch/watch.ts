import { readCanary } from '../../lib/runtime/health/readCanary';
import { readRules } from '../../lib/runtime/health/readRules';
import { watchHealth } from '../../lib/runtime/health/watchHealth';
import { asError, ignoreInputs } from '../../lib/runtime/input';
import type { Red } from '../../lib/runtime/red';
import { runtime } from '../../lib/runtime/SharedRuntime';
import { refuseInputs, startNode } from '../../lib/runtime/saved/startNode';
import { defaults, normalise } from './config';

/** Tells when something is wrong with a gateway, and when it is over. */
export = (red: Red): void => {
  red.nodes.registerType('dinstar-watch', function (saved) {
    const { properties, problem } = startNode(red, runtime, this, saved, { defaults });
    if (problem) return refuseInputs(this, problem);
    const { gateways, conditions, metrics, ...canary } = normalise(properties);
    for (const config of [...gateways, metrics]) runtime.users.add(config, this);
    try {
      const watched = { gateways, rules: readRules(conditions), canary: readCanary(canary) };
      ignoreInputs(this);
      watchHealth(red, runtime, this, watched);
    } catch (error) {
      refuseInputs(this, asError(error));
    }
  });
};
