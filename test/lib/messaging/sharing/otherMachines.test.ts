import should from 'should';
import type { Facts } from '../../../../lib/machines';
import { OtherMachines } from '../../../../lib/messaging/sharing/OtherMachines';

type Seen = Parameters<OtherMachines['saw']>[0][number];
const seen = (name: string, facts: Partial<Facts> | string): Seen =>
  ({ id: name, name, facts: typeof facts === 'string' ? facts : JSON.stringify(facts) }) as Seen;

describe('what other machines tell of their config nodes', () => {
  it('is compared where both have the node: its settings, and its login where both have one key for that', () => {
    const others = new OtherMachines(() => ({
      settings: { a: '1', b: '1', c: '1' },
      logins: { key: 'k', of: { a: 'x', b: 'x' } },
    }));
    should(others.differences()).eql([]);
    others.saw([
      seen('hall', { settings: { a: '1', b: '2', d: '9' }, logins: { key: 'k', of: { a: 'y', b: 'x' } } }),
      seen('office', { settings: { a: '1', c: '2' }, logins: { key: 'another', of: { a: 'y' } } }),
    ]);
    should(others.differences()).eql([
      { id: 'a', machine: 'hall' },
      { id: 'b', machine: 'hall' },
      { id: 'c', machine: 'office' },
    ]);
    others.saw([]);
    should(others.differences()).eql([]);
  });

  it('is compared with nothing where this machine tells nothing, and no logins where none has a key', () => {
    const nothing = new OtherMachines(() => ({}));
    nothing.saw([seen('hall', { settings: { a: '1' }, logins: { key: '', of: { a: 'y' } } })]);
    should(nothing.differences()).eql([]);
    const keyless = new OtherMachines(() => ({ settings: { a: '1' }, logins: { key: '', of: { a: 'x' } } }));
    keyless.saw([seen('hall', { settings: { a: '1' }, logins: { key: '', of: { a: 'y' } } })]);
    should(keyless.differences()).eql([]);
  });

  it('says whether all have the same nodes, and which gateways run there', () => {
    let nodes: string | undefined = 'n1';
    const others = new OtherMachines(() => (nodes === undefined ? {} : { nodes }));
    should(others.haveSameNodes).be.true();
    others.saw([seen('hall', { nodes: 'n1', stores: { a: 'memory' } }), seen('office', { nodes: 'n2' })]);
    should(others.haveSameNodes).be.false();
    should([others.haveGateway('a'), others.haveGateway('b')]).eql([true, false]);
    others.saw([seen('hall', { nodes: 'n1' }), seen('office', { nodes: 'n1' })]);
    should(others.haveSameNodes).be.true();
    nodes = undefined;
    should(others.haveSameNodes).be.false();
  });

  it('names who keeps the SMS of a gateway elsewhere: one in what is shared, the other not', () => {
    const others = new OtherMachines(() => ({}));
    others.saw([seen('hall', { stores: { a: 'postgres' } }), seen('office', { stores: { a: 'sqlite', b: 'memory' } })]);
    const elsewhere = (gateways: string[], isShared: boolean): string | undefined =>
      others.keepingElsewhere(gateways, () => isShared);
    should([elsewhere(['a'], true), elsewhere(['a'], false)]).eql(['office', 'hall']);
    should([elsewhere(['b'], true), elsewhere(['b'], false)]).eql(['office', undefined]);
    should([elsewhere(['c'], true), elsewhere([], true)]).eql([undefined, undefined]);
  });

  it('keeps the serial numbers that one who is gone had told, of our own gateways', () => {
    let stores: Record<string, string> = { a: 'memory', b: 'memory' };
    const others = new OtherMachines(() => ({ stores }));
    others.saw([seen('hall', { serials: { a: 'da-1', z: 'da-9' } })]);
    others.saw([]);
    should([others.serialOf('a'), others.serialOf('z')]).eql(['da-1', undefined]);
    others.saw([seen('hall', { serials: { a: 'da-2' } })]);
    should(others.serialOf('a')).equal('da-2');
    stores = { b: 'memory' };
    others.saw([]);
    should(others.serialOf('a')).be.undefined();
  });

  it('is read anew only where it is another text; the name may be another all the same', () => {
    const others = new OtherMachines(() => ({ settings: { a: '1' } }));
    const told = JSON.stringify({ settings: { a: '2' } });
    others.saw([seen('hall', told)]);
    others.saw([{ ...seen('hall', told), name: 'cellar' }]);
    should(others.differences()).eql([{ id: 'a', machine: 'cellar' }]);
    others.saw([{ ...seen('hall', JSON.stringify({ settings: { a: '1' } })), name: 'cellar' }]);
    should(others.differences()).eql([]);
  });
});
