import fc from 'fast-check';
import should from 'should';
import { Ledger } from '../../../../../lib/messaging/sms/ledger/Ledger';
import { HEIGHT, isFinal } from '../../../../../lib/messaging/sms/ledger/status';
import { MemoryStore, type StoredSms } from '../../../../../lib/store';
import { FakeClock, START } from '../../../../support/FakeClock';
import { take } from '../../../store/conformance/given';
import { anyEvent, number } from './randomEvents';

/** Those that go side by side; each of whoever read the SMS so many changes ago, or reads it now and says so. */
const event = fc.oneof(
  anyEvent,
  anyEvent.filter(({ kind }) => ['result', 'report', 'asked', 'lost', 'stopped', 'abandoned'].includes(kind)),
);
const atOnce = fc.array(fc.record({ event, ago: fc.nat(3), isReading: fc.boolean() }), { minLength: 1, maxLength: 4 });

describe('ledger: what happens to an SMS side by side, to those who read it earlier', () => {
  it('takes nothing back: the history only grows, no status falls but to one not known, a final word stands', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(atOnce, { maxLength: 12 }),
        fc.boolean(),
        fc.boolean(),
        async (rounds, isTaken, request_status_report) => {
          const store = new MemoryStore({ random: () => 0 });
          await store.open();
          const clock = new FakeClock();
          const ledger = new Ledger({ store, clock, onChange: async () => undefined });
          const [taken] = await take(store, 'a', [{ number, request_status_report }]);
          if (!taken) throw new Error('nothing taken');
          const read = async (): Promise<StoredSms> => (await store.sms([taken.id]))[0] ?? taken;
          const begun = await store.begin({ gateway: 'g1', at: START, sms: [taken.id] });
          if (isTaken) await ledger.apply(begun, { kind: 'accepted', task_id: 1 });
          const seen = [await read()];
          for (const round of rounds) {
            const before = await read();
            const entered = round.map(async ({ event, ago, isReading }) => {
              if (!isReading) return ledger.apply([seen.at(-1 - ago) ?? before], event);
              const reading = ledger.beginReading();
              const sms = await read();
              return ledger.applyEach(event.kind, [{ sms, event }], reading).finally(() => reading.end());
            });
            seen.push(...(await Promise.all(entered)).flat());
            await clock.advance(1000);
            const after = await read();
            seen.push(after);
            should(after.history.slice(0, before.history.length)).eql(before.history);
            after.history.slice(1).forEach(({ status }, place) => {
              const former = after.history[place]?.status ?? status;
              const isGivenUp = status === 'UNKNOWN' || status === 'QUEUED';
              if (!isGivenUp) should(HEIGHT[status]).be.aboveOrEqual(HEIGHT[former], `${former} -> ${status}`);
              else should(HEIGHT[former]).be.below(HEIGHT.SENT_OK, `${former} -> ${status}`);
            });
            if (isFinal(before)) should([after.status, after.stage]).eql([before.status, before.stage]);
          }
        },
      ),
      { numRuns: 100 },
    );
  });
});
