import should from 'should';
import type { Group } from '../../../../lib/machines';
import { Claims } from '../../../../lib/messaging/sharing/Claims';
import { OtherMachines } from '../../../../lib/messaging/sharing/OtherMachines';

/** The claims of a machine whose gateways `a` and `b` are shared, and `own` isn't. */
function claiming(groups: Group[] = [['a', 'a too'], ['own']]) {
  const scene = { groups, absent: [] as string[], held: [] as string[], fences: [] as string[] };
  const isShared = (gateway: string): boolean => !gateway.startsWith('own');
  const others = new OtherMachines(() => ({}));
  const claims = new Claims({
    others,
    isShared,
    listener: { groups: () => scene.groups, absent: () => scene.absent },
    isHeld: (gateway) => scene.held.includes(gateway),
    fencing: {
      fence: (gateway, epoch) => void scene.fences.push(`${gateway} ${epoch}`),
      unfence: (gateway) => void scene.fences.push(`${gateway} open`),
    },
  });
  /** Another machine tells which kinds of store it keeps what in. */
  const tells = (stores: Record<string, string>): void =>
    others.saw([{ id: 'x', name: 'hall', facts: JSON.stringify({ stores }), silent: 0, lease: 15_000 }]);
  return { scene, claims, tells };
}

describe('the gateways that a machine may want to talk to', () => {
  it('are those that are shared, all config nodes of an address together, and told once', () => {
    const { scene, claims } = claiming();
    should(claims.renewed()).eql([['a', 'a too']]);
    should(claims.renewed()).be.undefined();
    scene.groups = [...scene.groups, ['b']];
    should(claims.renewed()).eql([['a', 'a too'], ['b']]);
    should(claims.renewed()).be.undefined();
  });

  it('are closed for writing as long as they aren’t held, and opened when they are shared no longer', () => {
    const { scene, claims } = claiming();
    claims.renewed();
    should(scene.fences).eql(['a 0', 'a too 0']);
    scene.held = ['a', 'a too'];
    scene.fences = [];
    claims.renewed();
    should(scene.fences).eql([]);
    scene.groups = [['own']];
    claims.renewed();
    should(scene.fences).eql(['a open', 'a too open']);
    scene.fences = [];
    claims.renewed();
    should(scene.fences).eql([]);
  });

  it('are also those that something is kept of and nobody has in his flows', () => {
    const { scene, claims, tells } = claiming();
    scene.absent = ['gone', 'own elsewhere'];
    should(claims.isShared('own elsewhere')).be.true();
    should([claims.isShared('a'), claims.isShared('own')]).eql([true, false]);
    should(claims.renewed()).eql([['a', 'a too'], ['gone'], ['own elsewhere']]);
    should(scene.fences).containEql('gone 0');
    tells({ gone: 'postgres' });
    should(claims.renewed()).eql([['a', 'a too'], ['own elsewhere']]);
  });

  it('are not those of which another machine keeps the SMS elsewhere', () => {
    const { claims, tells } = claiming();
    tells({ 'a too': 'memory' });
    should(claims.keptElsewhere(['a', 'a too'])).equal('hall');
    should(claims.keptElsewhere(['a'])).be.undefined();
    should(claims.renewed()).eql([]);
    tells({ 'a too': 'postgres' });
    should(claims.renewed()).eql([['a', 'a too']]);
  });
});

describe('a gateway that isn’t shared, and whose SMS another machine keeps in what is', () => {
  it('turns when that begins and when it ends, each once', () => {
    const { claims, tells } = claiming([['own', 'own too'], ['a'], ['own alone']]);
    should(claims.turned()).eql([]);
    tells({ 'own too': 'postgres', 'own alone': 'memory' });
    should(claims.turned()).eql([['own', 'own too']]);
    should(claims.apart).eql(['own']);
    should(claims.turned()).eql([]);
    tells({ 'own alone': 'postgres' });
    should(claims.turned()).eql([['own', 'own too'], ['own alone']]);
    should(claims.apart).eql(['own alone']);
    tells({});
    should(claims.turned()).eql([['own alone']]);
    should(claims.apart).eql([]);
  });

  it('is nothing that a shared one does: of that the lease tells', () => {
    const { claims, tells } = claiming([['a'], ['own']]);
    tells({ a: 'memory' });
    should(claims.turned()).eql([]);
    should(claims.apart).eql(['a']);
  });
});
