import should from 'should';
import type { Store } from '../../../../lib/store';
import { idsOf, query, take, taking } from './given';

const MANY = 700;
const many = (text: string) => Array.from({ length: MANY }, (_, place) => ({ text: `${text} ${place}` }));

export function describeMany(store: () => Store): void {
  describe('an input of very many SMS', () => {
    it('is taken whole and in order, and its outcome tells of all of them', async () => {
      const [sms, other] = await Promise.all([take(store(), 'a', many('a')), take(store(), 'b', [{ text: 'alarm' }])]);
      should(sms.map(({ text }) => text)).eql(many('a').map(({ text }) => text));
      should(new Set(idsOf([...sms, ...other])).size).equal(MANY + 1);
      const [first = 0] = idsOf(sms);
      should(idsOf(sms)).eql(sms.map((_, place) => first + place));
      const [parts] = await store().outcomes(['a']);
      should(parts?.recipients).eql(sms);
      should(await store().recipients('a')).eql(sms);
      should(await store().waiting(query({ limit: 2 * MANY }))).have.length(MANY + 1);
    });

    it('has one owner of a key, and of each user_id, also when others come at the same time', async () => {
      const keys = await Promise.all(
        ['a', 'b', 'c'].map((id) => store().take([taking(id, id === 'b' ? [{}] : many(id), { key: 'k' })])),
      );
      const owners = keys.flat().map((one) => ('duplicate_of' in one ? one.duplicate_of : undefined));
      // Which one it is isn't promised: one of very many may be passed while it is taken.
      const owner = ['a', 'b', 'c'].find((_, place) => owners[place] === undefined);
      should(owners.filter((one) => one !== undefined)).eql([owner, owner]);
      const own = many('d').map((sms, place) => ({ ...sms, user_id: 1_000_000 + place }));
      const given = await Promise.all([
        store().take([taking('d', own)]),
        store().take([taking('e', [{ user_id: 1_000_000 + MANY - 1 }])]),
        store().take([taking('f', own)]),
      ]);
      should(given.flat().filter(({ taken }) => taken)).have.length(1);
    });

    it('is held by a command that comes while it is taken, or as soon as it is there', async () => {
      await take(store(), 'before', [{}], { job: 'j' });
      const [sms] = await Promise.all([
        take(store(), 'a', many('a'), { job: 'j' }),
        store().commandJobs(['g1'], { job: 'j' }, 'pause', 1),
      ]);
      should(await store().waiting(query())).eql([]);
      should((await store().sms(idsOf(sms))).every(({ paused }) => paused)).be.true();
      await store().commandJobs(['g1'], { job: 'j' }, 'resume', 2);
      should(await store().waiting(query({ limit: 2 * MANY }))).have.length(MANY + 1);
    });
  });
}
