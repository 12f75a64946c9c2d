import should from 'should';
import { judge, type Standing } from '../../../../lib/messaging/inbox/judge';

/** Which of these records are new, with `?` where that is doubtful; what stands before the colon is where ids restarted. */
function verdict(cursor: number, standings: Record<number, Standing>): string {
  const found = Object.keys(standings).map((id) => ({ id: Number(id) }));
  const { fresh, restartedAbove } = judge(found, cursor, ({ id }) => standings[id] ?? 'unsure');
  return `${restartedAbove ?? '-'}: ${fresh.map(({ found: { id }, doubtful }) => id + (doubtful ? '?' : '')).join(' ')}`;
}

describe('a gateway’s whole list', () => {
  it('shows what is new above what is known', () => {
    should(verdict(5, { 4: 'same', 5: 'same', 6: 'never', 7: 'never' })).equal('-: 6 7');
  });

  it('shows nothing new where old ones are gone', () => {
    should(verdict(900, { 10: 'unsure', 20: 'same', 30: 'unsure' })).equal('-: ');
  });

  it('shows that ids have started again, when nothing of it is known', () => {
    should(verdict(900, { 1: 'never', 2: 'never' })).equal('0: 1 2');
    should(verdict(900, { 1: 'different', 50: 'unsure' })).equal('0: 1 50');
  });

  it('leaves a doubt where neither neighbours nor other fingerprints tell', () => {
    should(verdict(900, { 50: 'unsure', 51: 'unsure' })).equal('0: 50? 51?');
    should(verdict(900, { 20: 'same', 30: 'unsure', 40: 'different' })).equal('20: 30? 40');
  });

  it('shows from where on ids were given a second time', () => {
    should(verdict(9, { 7: 'same', 8: 'different', 9: 'different', 10: 'never' })).equal('7: 8 9 10');
  });

  it('knows a pushed SMS that came before the ids were seen to have started again', () => {
    should(verdict(5, { 1: 'different', 5: 'different', 6: 'same' })).equal('0: 1 5');
  });

  it('has what was late', () => {
    should(verdict(9, { 7: 'same', 8: 'never', 9: 'same' })).equal('-: 8');
  });

  it('shows only new ones above all that was had: ids have not started again where nothing could be known', () => {
    should(verdict(5, { 6: 'never', 7: 'never' })).equal('-: 6 7');
    should(verdict(5, { 5: 'unsure' })).equal('0: 5?');
    should(verdict(5, { 3: 'unsure', 6: 'never' })).equal('0: 3? 6');
  });

  it('brings once more what a push told in other words, and takes its id for what it was', () => {
    should(verdict(9, { 7: 'retold', 8: 'different' })).equal('7: 7? 8');
    should(verdict(9, { 7: 'retold', 8: 'unsure' })).equal('-: 7?');
  });

  it('takes for old what lies below the highest id that is still true, whoever told of that', () => {
    should(verdict(9, { 6: 'retold', 7: 'unsure', 8: 'same', 9: 'different' })).equal('8: 6? 9');
    should(verdict(9, { 5: 'unsure', 6: 'same', 8: 'retold', 9: 'different' })).equal('8: 8? 9');
  });

  it('leaves a doubt of one that lies between an id that means another SMS and one that was pushed', () => {
    should(verdict(5, { 1: 'different', 3: 'unsure', 6: 'same', 7: 'unsure' })).equal('0: 1 3? 7');
  });
});
