import should from 'should';
import type { GatewayNode } from '../../../lib/runtime/gateways/GatewayNode';
import { Warnings } from '../../../lib/runtime/Warnings';
import { FakeClock } from '../../support/FakeClock';

describe('warnings of the shared runtime', () => {
  const clock = new FakeClock();
  let said: string[] = [];
  let warnings: Warnings;
  beforeEach(() => {
    said = [];
    const own = { node: { warn: (line: string) => said.push(`node: ${line}`) } } as unknown as GatewayNode;
    const nodes = { get: (id: string) => (id === 'here' ? own : undefined) };
    warnings = new Warnings({ clock, nodes, onWarning: (line) => said.push(`log: ${line}`) });
  });

  it('are said at the first of the gateway nodes that is there, else in the log', () => {
    warnings.say(new Error('one'), ['gone', 'here']);
    warnings.say(new Error('other'), ['gone']);
    should(said).eql(['node: one', 'log: other']);
  });

  it('are said once a minute, however often they show', async () => {
    for (let times = 0; times < 5; times++) warnings.say(new Error('again'), []);
    should(said).have.length(1);
    await clock.advance(60_000);
    warnings.say(new Error('again'), []);
    should(said).have.length(2);
  });
});
