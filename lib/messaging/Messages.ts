import type { StoredSms } from '../store';
import { CANARY_NODE } from './canary/CanaryLine';
import type { Gateway } from './Gateway';
import type { GatewaysOptions } from './gatewaysOptions';
import { Jobs } from './jobs/Jobs';
import { periodicTasksOf } from './periodicTasks';
import type { PeriodicTask } from './Scheduler';
import type { Elsewhere } from './sharing/Elsewhere';
import type { Sharing } from './sharing/Sharing';
import { Collecting } from './sms/collecting/Collecting';
import { Windows } from './sms/collecting/Windows';
import { NodeHours, type NodeHoursSettings } from './sms/holding/NodeHours';
import { Schedule } from './sms/holding/Schedule';
import { type ChangeListener, Ledger } from './sms/ledger/Ledger';
import { Failover } from './sms/outcome/Failover';
import { Outcomes, type OutcomesOptions } from './sms/outcome/Outcomes';
import { type SendRequest, SmsIntake } from './taking/SmsIntake';

/** The gateways that messages go to, and the machines that they are shared with. */
export interface Destinations {
  /** The gateway of a config node; undefined when that has none. */
  of(id: string): Gateway | undefined;
  /** The time zone of a config node's gateway. */
  zoneOf(id: string): string;
  /** Whether a config node's messages are kept in what several machines share. */
  isShared(id: string): boolean;
  /** This machine among others; absent where it is alone. */
  readonly sharing: Sharing | undefined;
  /** What other machines do for this one. */
  readonly elsewhere: Elsewhere;
  /** Something may be due by now. */
  look(): void;
}

/** What is sent over all gateways, from when it is taken until its outcome has left; `SmsPipeline` is what one gateway has of it. */
export class Messages {
  readonly outcomes: Outcomes;
  readonly schedule: Schedule;
  /** For what happens without a gateway: validity that ends, turns that come. */
  readonly ledger: Ledger;
  readonly collecting: Collecting;
  /** What belongs together of what is sent. */
  readonly jobs: Jobs;
  private readonly hours: NodeHours;
  private readonly failover: Failover;
  private readonly intake: SmsIntake;

  constructor(
    private readonly options: GatewaysOptions,
    private readonly destinations: Destinations,
  ) {
    const { store, clock, onUpdate, onChange, onSmsChange } = options;
    this.outcomes = new Outcomes({
      store,
      clock,
      onOutcome: (input, outcome) => this.deliver(input, outcome),
      mayLeave: (input, timedOut) => destinations.sharing?.mayLeave(input, timedOut) ?? true,
      getHeld: (sms) => destinations.of(sms.gateway)?.heldBy(sms) ?? sms.held,
      onUpdate: (input, recipient) => {
        if (!destinations.sharing?.tellElsewhere(input, recipient)) onUpdate(input, recipient);
      },
      onWithdrawn: (sms) => this.followed(sms),
      onChange,
      onSmsChange,
    });
    this.hours = new NodeHours(store);
    const getCountry = (id: string): string | undefined => destinations.of(id)?.home.country;
    this.schedule = new Schedule({ hours: this.hours, getZone: (id) => destinations.zoneOf(id), getCountry });
    const windows = new Windows(store, clock, (id) => destinations.isShared(id));
    this.intake = new SmsIntake(store, clock, { schedule: this.schedule, windows, getCountry });
    this.ledger = new Ledger({ store, clock, onChange: this.changed });
    this.collecting = new Collecting({
      ...{ store, clock, ledger: this.ledger, windows },
      onParted: (sms) => this.turned(sms),
    });
    this.failover = new Failover({ store, clock, ledger: this.ledger, onTurn: (sms) => this.turned(sms) });
    const { ledger, schedule } = this;
    this.jobs = new Jobs({
      ...{ store, clock, ledger, schedule, others: destinations.elsewhere },
      getPipeline: (id) => destinations.of(id)?.sms,
      onFailure: (error) => options.onError(error, []),
    });
  }

  /** Whether an alarm is being taken. */
  get hasAlarm(): boolean {
    return this.intake.hasAlarm;
  }

  /** What is due by the clock, of the config nodes whose messages are looked after. */
  periodicTasks(nodes: { getNodes: () => string[]; isThere: (node: string) => boolean }): PeriodicTask[] {
    const { options, ledger, outcomes, failover, schedule } = this;
    return periodicTasksOf({ ...options, ledger, outcomes, failover, schedule, ...nodes });
  }

  /** Notes a `send sms` node's hours; returns whether they are others than before. */
  setHours(node: string, settings: NodeHoursSettings): boolean {
    return this.hours.set(node, settings);
  }

  /** Takes a request: resolves when its SMS are safe. Rejects with `INVALID_INPUT` or `STORE_UNAVAILABLE`; then nothing was taken. */
  async take(sendRequest: SendRequest, keepDays: number): Promise<void> {
    const { options, destinations, outcomes } = this;
    const { id, gateway } = sendRequest;
    const machine = destinations.sharing?.machineOf(gateway);
    const taken = await this.intake.take(machine ? { ...sendRequest, machine } : sendRequest, keepDays);
    options.onTaken?.(gateway, taken);
    // Nobody waits until a hundred thousand updates have left.
    if (taken.some(({ held }) => held)) {
      outcomes.updates.heldAtTaking(taken).catch((error: Error) => options.onError(error, [gateway]));
    }
    // The first one with its key may have left already.
    if (sendRequest.key !== undefined) await outcomes.review(await options.store.inputs([id]));
    const isUrgent = sendRequest.validated.sms[0]?.priority === 'high';
    destinations.of(gateway)?.sms.wake(isUrgent ? 'high' : 'normal');
    destinations.sharing?.taken(gateway, isUrgent);
    destinations.look();
  }

  /** Told of SMS that have changed, whichever gateway they go to. */
  readonly changed: ChangeListener = async (sms, ...more) => {
    try {
      await this.outcomes.changed(sms, ...more);
    } finally {
      await this.followed(sms);
    }
  };

  /** What follows for others from a change, once its outcomes know of it: also where these were those who changed it. */
  private async followed(sms: StoredSms[]): Promise<void> {
    const { options, jobs, collecting, failover, destinations } = this;
    jobs.noticed(sms);
    // Where that fails, it is made up for when the store is back, or at the next start.
    await collecting.changed(sms).catch((error: Error) => options.onError(error, []));
    // Its validity may begin only now.
    if (sms.some(({ stage }) => stage === 'waiting')) destinations.look();
    // Where that fails, the turn comes by the clock.
    await failover.changed(sms).catch((error: Error) => options.onError(error, []));
  }

  private turned({ gateway, priority }: StoredSms): void {
    this.destinations.of(gateway)?.sms.wake(priority === 'high' ? 'high' : 'normal');
    this.destinations.look();
  }

  // What a flow does with an outcome is no reason to let the outcome leave again, or to hold up the queue.
  private deliver: OutcomesOptions['onOutcome'] = async (input, outcome) => {
    const { options, destinations } = this;
    if (destinations.sharing?.mayEmit(input) === false) return false;
    // What became of a test SMS is for nobody's flow.
    if (input.node === CANARY_NODE) return true;
    const sms_in_queue = destinations.of(input.gateway)?.sms.queue.inQueue;
    const full = { ...outcome, ...(sms_in_queue !== undefined && { sms_in_queue }) };
    return options.onOutcome(input, full).catch((error: Error) => options.onError(error, []));
  };
}
