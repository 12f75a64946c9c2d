import { EventEmitter } from 'node:events';
import should from 'should';
import type { Red } from '../../../lib/runtime/red';

type FlowStops = typeof import('../../../lib/runtime/flowStops');

/** The module as a process of its own has it. */
function fresh(): FlowStops {
  const file = require.resolve('../../../lib/runtime/flowStops');
  const kept = require.cache[file];
  delete require.cache[file];
  try {
    return require(file) as FlowStops;
  } finally {
    if (kept) require.cache[file] = kept;
  }
}

describe('a stop of the flows', () => {
  const watched = () => {
    const events = new EventEmitter();
    const stops = fresh();
    stops.watchFlows({ events } as unknown as Red);
    return {
      stops,
      emit: (event: 'starting' | 'started' | 'stopping', config: object) => events.emit(`flows:${event}`, { config }),
    };
  };
  const [first, second] = [{ rev: 1 }, { rev: 2 }];

  it('is told from a deploy, which has other flows in place', () => {
    const { stops, emit } = watched();
    emit('started', first);
    emit('stopping', second);
    should([stops.flowsAreStopping(), stops.flowsRun()]).eql([false, false]);
    emit('starting', second);
    emit('started', second);
    should([stops.flowsAreStopping(), stops.flowsRun()]).eql([false, true]);
    emit('stopping', second);
    should([stops.flowsAreStopping(), stops.flowsRun()]).eql([true, false]);
  });

  it('is one also when it comes before all nodes are there: at a deploy, and at the first start', () => {
    const deployed = watched();
    deployed.emit('started', first);
    deployed.emit('stopping', second);
    deployed.emit('starting', second);
    deployed.emit('stopping', second);
    should(deployed.stops.flowsAreStopping()).be.true();
    // The first node, which begins to watch, is created after the flows have begun to start.
    const begun = watched();
    begun.emit('stopping', first);
    should(begun.stops.flowsAreStopping()).be.true();
    begun.emit('started', first);
    should(begun.stops.flowsAreStopping()).be.false();
  });
});
