import should from 'should';
import { Ledger } from '../../../../../lib/messaging/sms/ledger/Ledger';
import { Failover } from '../../../../../lib/messaging/sms/outcome/Failover';
import { MemoryStore, type SmsState, type StoredSms, type Until } from '../../../../../lib/store';
import { FakeClock } from '../../../../support/FakeClock';
import { changeAll, take } from '../../../store/conformance/given';

const MINUTE = 60_000;

/** What the store is asked for. */
class AskedStore extends MemoryStore {
  readonly asked: string[] = [];

  override inputs(...given: Parameters<MemoryStore['inputs']>) {
    this.asked.push('inputs');
    return super.inputs(...given);
  }

  override prolong(...given: Parameters<MemoryStore['prolong']>) {
    this.asked.push('prolong');
    return super.prolong(...given);
  }
}

describe('the turns of the numbers of a recipient', () => {
  let store: AskedStore;
  let clock: FakeClock;
  let failover: Failover;
  /** The events of the ledger that changed something, and the numbers that they were about. */
  let entered: string[];
  /** Numbers that may leave. */
  let turned: string[];

  beforeEach(async () => {
    store = new AskedStore({ random: () => 0 });
    await store.open();
    clock = new FakeClock();
    [entered, turned] = [[], []];
    const ledger = new Ledger({ store, clock, onChange: (sms) => failover.changed(sms) });
    const apply: Ledger['apply'] = async (sms, event) => {
      const changed = await ledger.apply(sms, event);
      entered.push(`${event.kind} ${changed.map(({ number }) => number).join('+')}`.trim());
      return changed;
    };
    failover = new Failover({
      ...{ store, clock },
      ledger: Object.assign(Object.create(ledger) as Ledger, { apply }),
      onTurn: ({ number }) => void turned.push(number),
    });
  });

  interface Given {
    numbers?: string[];
    until?: Until;
    wait?: number;
    wait_until?: number;
  }

  let inputs = 0;
  /** A recipient of some numbers, each a minute after the one before; the first is in the gateway. */
  const given = async ({ numbers = ['1', '2', '3'], until = 'sent', wait = 0, wait_until = 0 }: Given = {}) => {
    const of = numbers.length;
    const sms = await take(
      store,
      `i${++inputs}`,
      numbers.map((number, place) => ({
        ...{ number, turn: { place, of, after: MINUTE, wait } },
        ...(place > 0 && { poll_at: clock.now() + place * MINUTE }),
      })),
      { until, wait_until },
    );
    await become(sms.slice(0, 1), { stage: 'gateway', status: 'ACCEPTED' });
    return sms;
  };
  const become = (sms: readonly StoredSms[], state: Partial<SmsState>) => store.change(changeAll([...sms], state));
  const stored = (sms: readonly StoredSms[]) => store.sms(sms.map(({ id }) => id));
  const stages = async (sms: readonly StoredSms[]) => (await stored(sms)).map(({ stage }) => stage);
  /** When those that stand by have their turn, in minutes from now. */
  const minutes = async (sms: readonly StoredSms[]) =>
    (await stored(sms))
      .filter(({ stage }) => stage === 'standby')
      .map(({ poll_at }) => (poll_at - clock.now()) / MINUTE);
  const due = (): Promise<number> => failover.due(['g1']);
  const changed = async (sms: readonly StoredSms[]) => failover.changed(await stored(sms));

  describe('by the clock', () => {
    it('come at their moment and not before', async () => {
      const sms = await given();
      await clock.advance(MINUTE - 1);
      should(await due()).equal(0);
      await clock.advance(1);
      should(await due()).equal(1);
      should(turned).eql(['2']);
      should(await stages(sms)).eql(['gateway', 'waiting', 'standby']);
      should(await minutes(sms)).eql([1]);
    });

    it('of several recipients are all given at one moment, and only those of the gateways that were asked for', async () => {
      await given({ numbers: ['1', '2'] });
      await given({ numbers: ['3', '4'] });
      await clock.advance(MINUTE);
      should(await failover.due(['g2'])).equal(0);
      should(await due()).equal(2);
      should(turned).eql(['2', '4']);
    });

    it('come one after the other where two moments have gone by', async () => {
      const sms = await given();
      await clock.advance(5 * MINUTE);
      should(await due()).equal(2);
      should(turned).eql(['2']);
      should(await minutes(sms)).eql([1]);
    });

    it('come in their order where a later number is due before an earlier one', async () => {
      const sms = await given({ numbers: ['1', '2', '3', '4'] });
      await become(sms.slice(1, 2), { poll_at: clock.now() + 3 * MINUTE });
      await become(sms.slice(2, 3), { poll_at: clock.now() + MINUTE });
      await clock.advance(MINUTE);
      should(await due()).equal(1);
      should(turned).eql([]);
      // The second has its own minute first, from its moment on.
      should(await minutes(sms)).eql([2, 3, 4]);
    });

    it('are nobody’s any more where a number was reached while no process gave them', async () => {
      const sms = await given();
      await become(sms.slice(0, 1), { stage: 'done', status: 'DELIVERED' });
      await clock.advance(MINUTE);
      await due();
      should(turned).eql([]);
      should(await stages(sms)).eql(['done', 'done', 'done']);
    });

    it('are nobody’s any more where the first was withdrawn; where that was for the next one’s sake they go on', async () => {
      const [stopped, passed] = [await given(), await given({ numbers: ['7', '8', '9'] })];
      await become(stopped.slice(0, 1), { stage: 'done', status: 'STOPPED' });
      await become(passed.slice(0, 1), { stage: 'done', status: 'STOPPED', superseded: true });
      await clock.advance(MINUTE);
      await due();
      should(turned).eql(['8']);
      should(await stages(stopped)).eql(['done', 'done', 'done']);
    });

    for (const [why, held] of [
      ['by its hours', { by: 'schedule' as const }],
      ['by a pause', { by: 'pause' as const }],
    ] as const) {
      it(`wait where the number before is held ${why}: it has had no time yet`, async () => {
        const sms = await given();
        const until = clock.now() + 10 * MINUTE;
        await become(sms.slice(0, 1), { stage: 'waiting', held: { ...held, until, text: '' }, due_at: until });
        await clock.advance(MINUTE);
        await due();
        should(turned).eql([]);
        should(await minutes(sms)).eql([10, 11]);
        await become(sms.slice(0, 1), { held: { ...held, until: null, text: '' } });
        await clock.advance(10 * MINUTE);
        await due();
        should(turned).eql([]);
        should(await minutes(sms)).eql([1, 2]);
      });
    }

    it('don’t wait where something else holds the number before, nor for what held it before it left', async () => {
      const [held, left] = [await given(), await given({ numbers: ['7', '8'] })];
      const until = clock.now() + 10 * MINUTE;
      await become(held.slice(0, 1), { stage: 'waiting', held: { by: 'sim-limit', until, text: '' }, due_at: until });
      await become(left.slice(0, 1), { held: { by: 'schedule', until, text: '' } });
      await clock.advance(MINUTE);
      await due();
      should(turned.sort()).eql(['2', '8']);
    });
  });

  describe('by what has become of the number before', () => {
    it('come as soon as it has failed, and the others wait their time from then on', async () => {
      const sms = await given();
      await clock.advance(MINUTE / 2);
      await become(sms.slice(0, 1), { stage: 'done', status: 'FAILED' });
      await changed(sms.slice(0, 1));
      should(turned).eql(['2']);
      should(await minutes(sms)).eql([1]);
    });

    it('are asked about nowhere for an SMS without other numbers, nor for one that only stands by', async () => {
      const [alone] = await take(store, 'alone', [{ number: '5' }]);
      const sms = await given();
      store.asked.length = 0;
      await changed([...(alone ? [alone] : []), ...sms.slice(1)]);
      should(store.asked).eql([]);
      should(entered).eql([]);
    });

    it('change nothing while the only one that had its turn is under way', async () => {
      const sms = await given();
      await changed(sms.slice(0, 1));
      should(entered).eql([]);
      should(await stages(sms)).eql(['gateway', 'standby', 'standby']);
    });

    it('are not given by an earlier number that fails late', async () => {
      const sms = await given();
      await clock.advance(MINUTE);
      await due();
      await become(sms.slice(1, 2), { stage: 'gateway', status: 'ACCEPTED' });
      await become(sms.slice(0, 1), { stage: 'done', status: 'FAILED' });
      await changed(sms.slice(0, 1));
      should(turned).eql(['2']);
      should(await stages(sms)).eql(['done', 'gateway', 'standby']);
    });

    it('end where one was stopped, and where one has come as far as was asked', async () => {
      for (const [until, status] of [
        ['sent', 'STOPPED'],
        ['sent', 'SENT_OK'],
        ['delivered', 'DELIVERED'],
        ['accepted', 'ACCEPTED'],
      ] as const) {
        const sms = await given({ until });
        await become(sms.slice(0, 1), { stage: status === 'SENT_OK' ? 'sent' : 'done', status });
        await changed(sms.slice(0, 1));
        should((await stages(sms)).slice(1)).eql(['done', 'done']);
      }
      should(turned).eql([]);
    });

    it('don’t end where one has come only part of the way', async () => {
      const sms = await given({ until: 'delivered' });
      await become(sms.slice(0, 1), { stage: 'sent', status: 'SENT_OK' });
      await changed(sms.slice(0, 1));
      should(await stages(sms)).eql(['sent', 'standby', 'standby']);
    });

    it('end where what is to be said has lost its time, for one number and for all', async () => {
      for (const state of [
        { status: 'EXPIRED' as const },
        { status: 'WITHHELD' as const, error: { code: 'SCHEDULE', message: '' } },
      ]) {
        const sms = await given();
        await become(sms.slice(0, 1), { stage: 'done', ...state });
        await changed(sms.slice(0, 1));
        should((await stages(sms)).slice(1)).eql(['done', 'done']);
      }
      should(turned).eql([]);
      const looped = await given();
      await become(looped.slice(0, 1), { stage: 'done', status: 'WITHHELD', error: { code: 'LOOP', message: '' } });
      await changed(looped.slice(0, 1));
      should(turned).eql(['2']);
    });

    it('are told nothing of an input that is gone', async () => {
      const sms = await given();
      store.inputs = async () => [];
      await become(sms.slice(0, 1), { stage: 'done', status: 'FAILED' });
      await changed(sms.slice(0, 1));
      should(entered).eql([]);
    });
  });

  describe('once given', () => {
    it('withdraw what still waits for the number before, which doesn’t end the turns', async () => {
      const sms = await given();
      await become(sms.slice(0, 1), { stage: 'waiting', status: 'QUEUED' });
      await clock.advance(MINUTE);
      await due();
      should(turned).eql(['2']);
      should((await stored(sms)).map(({ status, stage }) => `${status} ${stage}`)).eql([
        'STOPPED done',
        'QUEUED waiting',
        'QUEUED standby',
      ]);
    });

    it('withdraw nothing that has left', async () => {
      await given();
      await clock.advance(MINUTE);
      await due();
      should(entered.filter((entry) => entry.startsWith('withdrawn'))).eql([]);
    });

    it('have the input wait so long from then on where it waits for a time, and not where it waits for the end', async () => {
      const until = clock.now() + 2 * MINUTE;
      const waiting = await given({ wait: 5 * MINUTE, wait_until: until });
      await clock.advance(MINUTE);
      await due();
      const [input] = await store.inputs([waiting[0]?.input ?? '']);
      should(input?.wait_until).equal(clock.now() + 5 * MINUTE);
    });

    it('leave the wait of an input alone that waits for the end', async () => {
      await given();
      await clock.advance(MINUTE);
      await due();
      should(turned).eql(['2']);
      should(store.asked).not.containEql('prolong');
    });

    it('are valid as long as the first number is', async () => {
      const sms = await given();
      const expires_at = clock.now() + 9 * MINUTE;
      await become(sms.slice(0, 1), { expires_at });
      await clock.advance(MINUTE);
      await due();
      should((await stored(sms)).map((one) => one.expires_at)).eql([expires_at, expires_at, 0]);
    });

    it('count for the recipient, with how far the others have come', async () => {
      const sms = await given({ until: 'delivered' });
      await become(sms.slice(0, 1), { stage: 'sent', status: 'SENT_OK' });
      await clock.advance(MINUTE);
      await due();
      const standing = async () =>
        (await stored(sms)).map(({ superseded, best_other }) => ({ superseded, best_other }));
      should(await standing()).eql([
        { superseded: true, best_other: undefined },
        { superseded: undefined, best_other: 'sent' },
        { superseded: undefined, best_other: undefined },
      ]);
    });

    it('leave it to the number that reaches him to be counted, though a later one had its turn', async () => {
      const sms = await given({ numbers: ['1', '2'] });
      await clock.advance(MINUTE);
      await due();
      await become(sms.slice(1), { stage: 'done', status: 'FAILED' });
      await changed(sms.slice(1));
      should((await stored(sms)).map(({ superseded = false }) => superseded)).eql([false, true]);
      await become(sms.slice(0, 1), { stage: 'sent', status: 'SENT_OK' });
      await changed(sms.slice(0, 1));
      should((await stored(sms)).map(({ superseded = false }) => superseded)).eql([false, true]);
    });

    it('leave the last one to be counted where none reaches him', async () => {
      const sms = await given({ numbers: ['1', '2'] });
      await become(sms.slice(0, 1), { stage: 'done', status: 'FAILED' });
      await changed(sms.slice(0, 1));
      await become(sms.slice(1), { stage: 'done', status: 'FAILED' });
      await changed(sms.slice(1));
      should((await stored(sms)).map(({ superseded = false }) => superseded)).eql([true, false]);
    });
  });
});
