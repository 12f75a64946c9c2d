import fc from 'fast-check';
import should from 'should';
import type { Cdr } from '../../../../../lib/gateway-api';
import { Pushes } from '../../../../../lib/messaging/Pushes';
import { RequestQueue } from '../../../../../lib/messaging/requestQueue/RequestQueue';
import { CallRecords } from '../../../../../lib/messaging/watching/cdr/CallRecords';
import { MemoryStore } from '../../../../../lib/store';
import { FakeClock } from '../../../../support/FakeClock';

const MINUTE = 60_000;
/** Newer ones have higher numbers. */
const call = (number: number): Cdr => ({
  port: 0,
  start_date: `2026-07-12 12:00:${String(number).padStart(2, '0')}`,
  answered: false,
});
const numberOf = ({ start_date }: Cdr): number => Number(start_date?.slice(-2));

/** A gateway's call records, and what processes with one store make of them; each can die at any moment. */
class Machine {
  readonly list: Cdr[] = [call(0)];
  /** What a flow has certainly got, as often as it did. */
  readonly got: number[] = [];
  private readonly kept = new Map<string, string>();
  private process = new Process(this.list, this.got, this.kept);

  static async started(): Promise<Machine> {
    const machine = new Machine();
    await machine.process.start();
    await machine.look();
    return machine;
  }

  look(): Promise<void> {
    return this.process.clock.advance(MINUTE);
  }

  push(number: number): Promise<unknown> {
    this.list.push(call(number));
    return this.pushAgain(number);
  }

  /** Resolves with the error if the push was refused. */
  pushAgain(number: number): Promise<unknown> {
    return this.process.pushes.tell({ cdr: [call(number)] }).then(
      () => undefined,
      (error: unknown) => error,
    );
  }

  /** Ends the oldest emission that is under way, if there is one. */
  async hand(fails = false): Promise<void> {
    this.process.emissions.shift()?.(fails);
    await this.process.clock.advance(0);
  }

  /** How many emissions are under way. */
  get underWay(): number {
    return this.process.emissions.length;
  }

  async crash(): Promise<void> {
    this.process.isDead = true;
    this.process = new Process(this.list, this.got, this.kept);
    await this.process.start();
  }

  /** Lets everything come to its end. */
  async settle(): Promise<void> {
    for (let looks = 0; looks < 3; looks++) {
      await this.look();
      while (this.underWay > 0) await this.hand();
    }
  }
}

class Process {
  readonly clock = new FakeClock();
  readonly pushes = new Pushes();
  readonly emissions: ((fails: boolean) => void)[] = [];
  isDead = false;

  constructor(
    private readonly list: readonly Cdr[],
    private readonly got: number[],
    private readonly kept: Map<string, string>,
  ) {}

  async start(): Promise<void> {
    const { clock, pushes } = this;
    const store = new MemoryStore({ random: Math.random });
    await store.open();
    await store.putNotes(this.kept);
    const putNotes = store.putNotes.bind(store);
    store.putNotes = async (notes) => {
      await putNotes(notes);
      if (!this.isDead) for (const [key, note] of notes) this.kept.set(key, note);
    };
    const api = { sn: 'sn', getCdr: async () => ({ error_code: 200, cdr: [...this.list] }) };
    const records = new CallRecords({
      requests: new RequestQueue({ api, clock, concurrency: 1 }),
      clock,
      pushes,
      store,
    });
    records.watch({
      key: 'node/',
      interval: MINUTE,
      flows: { untilReady: () => Promise.resolve() },
      onNew: (fresh) => this.emit(fresh),
      onRecovery: () => undefined,
      onFailure: () => undefined,
    });
    await clock.advance(0);
  }

  private emit(fresh: readonly Cdr[]): Promise<void> {
    return new Promise((resolve, reject) =>
      this.emissions.push((fails) => {
        if (fails) return reject(new Error('nobody took it'));
        this.got.push(...fresh.map(numberOf));
        resolve();
      }),
    );
  }
}

describe('a call record that is on its way into a flow', () => {
  it('is emitted by the next process when this one dies, also when a push that overlaps was written down', async () => {
    const machine = await Machine.started();
    void machine.push(1);
    machine.list.push(call(2));
    await machine.look();
    await machine.hand();
    should(machine.got).eql([1]);
    await machine.crash();
    await machine.settle();
    should(machine.got).eql([1, 2]);
  });

  it('is emitted again, and its push refused, when nobody could take it', async () => {
    const machine = await Machine.started();
    const pushed = machine.push(1);
    await machine.look();
    await machine.hand(true);
    should(await pushed).be.an.Error();
    const again = machine.pushAgain(1);
    await machine.look();
    await machine.hand();
    should(await again).be.undefined();
    await machine.settle();
    should(machine.got).eql([1]);
  });

  it('gets there, and once as long as nothing dies, however pushes, looks, emissions and deaths are mixed', async () => {
    const step = fc.constantFrom('push', 'push again', 'appear', 'look', 'hand', 'fail', 'crash');
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const machine = await Machine.started();
        let deaths = 0;
        for (const one of steps) {
          const number = machine.list.length;
          if (one === 'push') void machine.push(number);
          if (one === 'push again' && number > 1) void machine.pushAgain(number - 1);
          if (one === 'appear') machine.list.push(call(number));
          if (one === 'look') await machine.look();
          if (one === 'hand' || one === 'fail') await machine.hand(one === 'fail');
          if (one !== 'crash') continue;
          deaths += 1;
          await machine.crash();
        }
        await machine.settle();
        const all = machine.list.map(numberOf).slice(1);
        should([...new Set(machine.got)].sort((a, b) => a - b)).eql(all);
        should(machine.got.length).be.within(all.length, all.length * (deaths + 1));
      }),
    );
  });
});
