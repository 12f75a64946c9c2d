import fc from 'fast-check';
import should from 'should';
import type { IncomingSms } from '../../../../lib/gateway-api';
import type { Handed } from '../../../../lib/messaging/inbox/EmitOutbox';
import { MemoryStore } from '../../../../lib/store';
import { InboxLife } from '../../../support/core/InboxLife';
import { InboxModel, unreachable } from '../../../support/core/InboxModel';
import { FakeClock } from '../../../support/FakeClock';

/** What becomes of an SMS's push; `forgotten`: it arrives, and the gateway has forgotten the SMS by then. */
type Push = 'ok' | 'lost' | 'doubled' | 'late' | 'again late' | 'forgotten';

/** What happens to a gateway, its pushes and the process. */
type Event =
  | { is: 'sms'; text: string; push: Push }
  | { is: 'late pushes'; order: number }
  | { is: 'time'; ms: number }
  | { is: 'down' | 'up' | 'ids start again' | 'all deleted' | 'newest deleted' | 'ids reused' | 'polite restart' }
  | { is: 'crash'; writes: number; after: boolean };

const event: fc.Arbitrary<Event> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      is: fc.constant('sms' as const),
      text: fc.constantFrom('a', 'b'),
      push: fc.constantFrom<Push>('ok', 'lost', 'doubled', 'late', 'again late', 'forgotten'),
    }),
  },
  { weight: 2, arbitrary: fc.record({ is: fc.constant('late pushes' as const), order: fc.nat(1000) }) },
  { weight: 4, arbitrary: fc.record({ is: fc.constant('time' as const), ms: fc.integer({ min: 1, max: 25_000 }) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      is: fc.constantFrom(
        ...(['down', 'up', 'ids start again', 'all deleted', 'newest deleted', 'ids reused'] as const),
        'polite restart' as const,
      ),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ is: fc.constant('crash' as const), writes: fc.nat(6), after: fc.boolean() }),
  },
);

const INTERVAL = 10_000;
const NODES = ['one', 'two'];

class World {
  readonly clock = new FakeClock();
  readonly gateway = new InboxModel(this.clock);
  readonly store = new MemoryStore({ random: Math.random });
  /** By node and SMS, how it was emitted. */
  readonly emitted = new Map(NODES.map((node) => [node, new Map<number, boolean[]>()]));
  /** Those that must be emitted. */
  readonly owed = new Set<number>();
  crashes = 0;
  private late: IncomingSms[] = [];
  private life!: InboxLife;

  async begin(): Promise<void> {
    await this.store.open();
    this.live();
    await this.clock.advance(2000);
  }

  async happens(what: Event): Promise<void> {
    if (what.is === 'sms') await this.sms(what.text, what.push);
    if (what.is === 'late pushes') await this.latePushes(what.order);
    if (what.is === 'time') await this.clock.advance(what.ms);
    if (what.is === 'down') this.gateway.failure = unreachable();
    if (what.is === 'up') this.gateway.failure = undefined;
    if (what.is === 'crash') await this.crash(what.writes, what.after);
    if (what.is === 'polite restart') await this.restart();
    if (what.is === 'ids start again') await this.forgets(() => this.gateway.restart());
    if (what.is === 'all deleted') await this.forgets(() => this.gateway.delete(() => true));
    if (what.is === 'newest deleted') await this.forgets(() => this.gateway.records.pop());
    if (what.is === 'ids reused') await this.forgets(() => this.gateway.reuseIds());
    this.revive();
  }

  /** Time enough for everything; then all that is owed has been emitted. */
  async end(): Promise<void> {
    this.gateway.failure = undefined;
    await this.clock.advance(70_000);
    await this.clock.advance(3 * INTERVAL);
    this.revive();
    await this.clock.advance(3 * INTERVAL);
    for (const sms of this.gateway.records) this.owed.add(sms.serial as number);
  }

  private async sms(text: string, push: Push): Promise<void> {
    const sms = this.gateway.receive(text);
    if (push === 'late' || push === 'again late') this.late.push(sms);
    if (push === 'forgotten') this.gateway.records.pop();
    if (push !== 'late' && push !== 'lost') await this.push(sms);
    if (push === 'doubled') await this.push(sms);
  }

  private async latePushes(order: number): Promise<void> {
    const pushes = this.late.sort(
      (one, other) => (((one.serial as number) * order) % 7) - (((other.serial as number) * order) % 7),
    );
    this.late = [];
    for (const sms of pushes) await this.push(sms);
  }

  private async push(sms: IncomingSms): Promise<void> {
    if (await this.life.push({ ...sms })) this.owed.add(sms.serial as number);
  }

  /** The gateway loses SMS: what it had for three intervals of good contact must have been emitted. */
  private async forgets(how: () => void): Promise<void> {
    const isUp = this.gateway.failure === undefined;
    if (isUp) {
      await this.clock.advance(61_000);
      this.revive();
      await this.clock.advance(3 * INTERVAL);
      for (const sms of this.gateway.records) this.owed.add(sms.serial as number);
    }
    how();
    // A reboot takes its time: two SMS with one id and one text aren't of nearly the same moment.
    await this.clock.advance(20_000);
  }

  private async crash(writes: number, after: boolean): Promise<void> {
    this.crashes += 1;
    this.life.dieAtWrite(writes, after);
    if (writes === 0 && !after) this.life.die();
    this.revive();
  }

  private revive(): void {
    if (!this.life.isDead) return;
    this.life.die();
    this.live();
  }

  private async restart(): Promise<void> {
    const ended = this.life.end();
    await this.clock.advance(1100);
    // It may have died of one of its last writes: such an end never comes.
    if (this.life.isDead) this.life.die();
    else await ended;
    this.live();
  }

  private live(): void {
    this.life = new InboxLife({ store: this.store, clock: this.clock, client: this.gateway.client });
    for (const node of NODES) this.life.listen(node, (handed) => this.hear(node, handed), { interval: INTERVAL });
  }

  private hear(node: string, { sms, redelivered }: Handed): void {
    const times = this.emitted.get(node) as Map<number, boolean[]>;
    times.set(sms.serial as number, [...(times.get(sms.serial as number) ?? []), redelivered]);
  }
}

/** Compares what nodes emit with what they owe, over so many random stories. */
export function describeRandomInbox(runs: number): void {
  describe('incoming SMS, whatever happens to pushes, polls, ids and the process', function () {
    this.timeout(60_000 + runs * 1000);

    it('are emitted by each node once, or again only after a crash and marked', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(event, { maxLength: 40, size: 'max' }), async (events) => {
          const world = new World();
          await world.begin();
          for (const what of events) await world.happens(what);
          await world.end();
          for (const node of NODES) {
            const emitted = world.emitted.get(node) as Map<number, boolean[]>;
            should([...world.owed].filter((serial) => !emitted.has(serial))).eql([], `lost at ${node}`);
            for (const [serial, times] of emitted) {
              should(times.slice(1).every((redelivered) => redelivered)).be.true(
                `${serial} twice at ${node}: ${times}`,
              );
              should(times.length).be.belowOrEqual(1 + world.crashes, `${serial} at ${node}: ${times}`);
            }
          }
        }),
        { numRuns: runs },
      );
    });
  });
}
