import should from 'should';
import { BOUNDS } from './bounds';
import { DRIVES } from './drives';
import { fillOutbox } from './fillOutbox';

const OUTSIDERS = ['push', 'gateway', 'editor'];

describe('what outsiders can fill', () => {
  const driven = Object.entries(BOUNDS)
    .filter(([file]) => file.startsWith('lib/'))
    .flatMap(([, own]) => Object.entries(own))
    .flatMap(([name, { by, most }]) => (OUTSIDERS.includes(by) && typeof most === 'number' ? [{ name, most }] : []));

  it('is driven beyond its bound, all of it', () => {
    should(driven.map(({ name }) => name).filter((name) => !(name in DRIVES))).eql([]);
    should(driven.length).be.above(15);
  });

  for (const { name, most } of driven) {
    it(`keeps to ${most} in ${name}, and uses what it has`, async () => {
      const size = await DRIVES[name]?.();
      should(size).be.within(1, most);
    });
  }

  it('makes no note of a megabyte: of long texts fewer wait', async () => {
    const { waiting, note } = await fillOutbox(2000, 50, 'x'.repeat(5000));
    should(waiting).be.within(50, 150);
    should(note).be.within(250_000, 900_000);
  });
});
