import { Ledger } from '../../../lib/messaging/sms/ledger/Ledger';
import { Failover } from '../../../lib/messaging/sms/outcome/Failover';
import { MemoryStore, type SmsState, type StoredSms, type Until } from '../../../lib/store';
import { changeAll, take } from '../../lib/store/conformance/given';
import { FakeClock } from '../FakeClock';

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

interface Given {
  numbers?: string[];
  until?: Until;
  wait?: number;
  wait_until?: number;
}

export const MINUTE = 60_000;

/** Recipients with several numbers, and what gives these their turns. */
export class TurnsScene {
  readonly store = new AskedStore({ random: () => 0 });
  readonly clock = new FakeClock();
  readonly failover: Failover;
  /** The events of the ledger that changed something, and the numbers that they were about. */
  readonly entered: string[] = [];
  /** Numbers that may leave. */
  readonly turned: string[] = [];
  private inputs = 0;

  constructor() {
    const { store, clock } = this;
    const ledger = new Ledger({ store, clock, onChange: (sms) => this.failover.changed(sms) });
    const apply: Ledger['apply'] = async (sms, event) => {
      const changed = await ledger.apply(sms, event);
      this.entered.push(`${event.kind} ${changed.map(({ number }) => number).join('+')}`.trim());
      return changed;
    };
    this.failover = new Failover({
      ...{ store, clock },
      ledger: Object.assign(Object.create(ledger) as Ledger, { apply }),
      onTurn: ({ number }) => void this.turned.push(number),
    });
  }

  /** A recipient of some numbers, each a minute after the one before; the first is in the gateway. */
  async given({ numbers = ['1', '2', '3'], until = 'sent', wait = 0, wait_until = 0 }: Given = {}) {
    const of = numbers.length;
    this.inputs += 1;
    const sms = await take(
      this.store,
      `i${this.inputs}`,
      numbers.map((number, place) => ({
        ...{ number, turn: { place, of, after: MINUTE, wait } },
        ...(place > 0 && { poll_at: this.clock.now() + place * MINUTE }),
      })),
      { until, wait_until },
    );
    await this.become(sms.slice(0, 1), { stage: 'gateway', status: 'ACCEPTED' });
    return sms;
  }

  become(sms: readonly StoredSms[], state: Partial<SmsState>) {
    return this.store.change(changeAll([...sms], state));
  }

  stored(sms: readonly StoredSms[]) {
    return this.store.sms(sms.map(({ id }) => id));
  }

  async stages(sms: readonly StoredSms[]) {
    return (await this.stored(sms)).map(({ stage }) => stage);
  }

  /** When those that stand by have their turn, in minutes from now. */
  async minutes(sms: readonly StoredSms[]) {
    const standbys = (await this.stored(sms)).filter(({ stage }) => stage === 'standby');
    return standbys.map(({ poll_at }) => (poll_at - this.clock.now()) / MINUTE);
  }

  due(): Promise<number> {
    return this.failover.due(['g1']);
  }

  async changed(sms: readonly StoredSms[]) {
    return this.failover.changed(await this.stored(sms));
  }
}
