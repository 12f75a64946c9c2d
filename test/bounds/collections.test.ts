import should from 'should';
import { collectionsIn } from '../support/bounds/collections';
import { BOUNDS } from './bounds';

describe('whatever can grow and outlives a call', () => {
  const listed = Object.entries(BOUNDS).flatMap(([file, own]) => Object.keys(own).map((name) => `${file} ${name}`));

  it('has a bound and a reason in test/bounds/bounds.ts, which lists nothing else', async () => {
    const found = (await collectionsIn(['lib', 'nodes', 'plugins', 'simulator'])).map(({ at }) => at);
    should(found.length).be.above(100);
    should(found.filter((at) => !listed.includes(at))).eql([], 'without an entry');
    should(listed.filter((at) => !found.includes(at))).eql([], 'entries of what isn’t there');
  });

  it('is found by its type, whether a field, a parameter, a module’s or a closure’s', async () => {
    const found = (await collectionsIn(['test/bounds'])).filter(({ at }) => at.startsWith('test/bounds/example.ts '));
    should(found.map(({ at }) => at.split(' ')[1])).eql([
      ...['byAlias', '#hidden', 'inferred', 'replaced', 'perhaps', 'dictionary', 'lists', 'end', 'given'].map(
        (name) => `Example.${name}`,
      ),
      ...['grown', 'closure.kept'],
    ]);
  });
});
