import fc from 'fast-check';
import should from 'should';
import { type Facts, readFacts } from '../../../lib/machines';

const NOTHING = { wants: [], settings: {}, logins: { key: '', of: {} }, stores: {}, serials: {}, nodes: '' };

describe('what another machine tells of its config nodes', () => {
  it('is read as it was written', () => {
    const facts: Facts = {
      ...{ wants: ['a'], settings: { a: 'digest' }, logins: { key: 'k', of: { a: 'login' } } },
      ...{ stores: { a: 'postgres' }, serials: { a: 'db01' }, nodes: 'n' },
    };
    should(readFacts(JSON.stringify(facts))).eql(facts);
  });

  it('counts as not told where it can’t be read, part by part: it may be of another version', () => {
    for (const text of ['', 'null', '5', '[]', '"text"', '{', '{"serials":null,"wants":{},"logins":5,"nodes":[]}'])
      should(readFacts(text)).eql(NOTHING);
    const some = { wants: ['a', 5, null], settings: { a: 1, b: 'x' }, logins: { of: ['y'] }, stores: [], more: true };
    should(readFacts(JSON.stringify(some))).eql({ ...NOTHING, wants: ['a'], settings: { b: 'x' } });
  });

  it('has its parts whatever JSON it is', () => {
    const part = fc.jsonValue({ maxDepth: 2 });
    const told = fc.record({ wants: part, settings: part, logins: part, stores: part, serials: part, nodes: part });
    fc.assert(
      fc.property(fc.oneof(told, part), (one) => {
        const { wants, settings, logins, stores, serials, nodes } = readFacts(JSON.stringify(one));
        const texts = [...wants, logins.key, nodes];
        for (const of of [settings, logins.of, stores, serials]) texts.push(...Object.values(of));
        should(texts.every((text) => typeof text === 'string')).be.true();
      }),
    );
  });
});
