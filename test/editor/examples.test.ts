import should from 'should';
import { examples } from '../support/examples';
import type { FlowNode } from '../support/node-red';

const all = examples.flatMap(({ nodes }) => nodes);
const isGateway = ({ type }: FlowNode): boolean => type === 'dinstar-gateway';
const OWN = ['id', 'name', 'url', 'plans'];

function settingsOf(gateway: FlowNode | undefined): object {
  return Object.fromEntries(Object.entries(gateway ?? {}).filter(([key]) => !OWN.includes(key)));
}

describe('an example', () => {
  for (const { name, nodes, isOfNode } of examples) {
    it(`${name} shows its node, explains itself, and needs neither hardware nor a login`, () => {
      const shown = isOfNode ? [`dinstar-${name}`, 'inject', 'debug'] : ['dinstar-gateway'];
      should(nodes.map(({ type }) => type)).containDeep(['comment', ...shown]);
      for (const gateway of nodes.filter(isGateway)) {
        should(gateway.url).match(/^simulator:/);
        should(gateway).not.have.property('credentials');
      }
      should(nodes.find(({ type }) => type === 'comment')?.info)
        .be.a.String()
        .and.match(/simulate/);
    });

    it(`${name} is whole: one flow, and no wire, link, scope or gateway that leads elsewhere`, () => {
      const ids = new Set(nodes.map(({ id }) => id));
      const named = nodes.flatMap(({ wires, links, scope, gateway }) =>
        [...((wires as string[][]) ?? []).flat(), links || [], scope || [], gateway || []].flat(),
      );
      should(named.filter((id) => !ids.has(id as string))).eql([]);
      should(new Set(nodes.flatMap(({ z }) => z ?? [])).size).equal(1);
    });

    it(`${name} has gateways as the editor saves them, all set in the same way`, () => {
      for (const gateway of nodes.filter(isGateway)) should(settingsOf(gateway)).eql(settingsOf(all.find(isGateway)));
    });
  }

  it('shares no id with another one, so that all can be imported', () => {
    should(new Set(all.map(({ id }) => id)).size).equal(all.length);
  });
});
