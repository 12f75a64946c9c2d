import should from 'should';
import { DifferentNodes } from '../../../../lib/runtime/stores/DifferentNodes';
import { FakeNode } from '../FakeNode';

describe('config nodes that another machine has otherwise', () => {
  const [farm, barn] = [new FakeNode('farm'), new FakeNode('barn')];
  const nodes = new Map([farm, barn].map((node) => [node.id, node]));
  const different = new DifferentNodes((id) => nodes.get(id));

  it('say so once in the log, and by their status until they are alike', () => {
    different.show([{ id: 'farm', machine: 'm2' }]);
    different.show([
      { id: 'farm', machine: 'm2' },
      { id: 'barn', machine: 'm3' },
    ]);
    should(farm.warnings).have.length(1);
    should(farm.warnings[0]).match(/its settings or its login aren't those on machine m2/);
    should(farm.statuses.at(-1)).match({ fill: 'yellow', text: 'common.status.differs', values: { machine: 'm2' } });
    should(barn.statuses.at(-1)).match({ text: 'common.status.differs', values: { machine: 'm3' } });
    different.show([{ id: 'barn', machine: 'm3' }]);
    should(farm.statuses.at(-1)).eql({});
    should(barn.statuses).have.length(1);
  });

  it('are none that this machine has not', () => {
    should(() => different.show([{ id: 'gone', machine: 'm2' }])).not.throw();
  });
});
