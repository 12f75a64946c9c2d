import type { GsmPort } from '../GsmPort';
import { Ledger } from '../Ledger';
import type { World } from '../world';
import { Queue } from './Queue';
import { Reports } from './Reports';
import { Sender } from './Sender';
import { SmsRecords } from './SmsRecords';
import type { Sms, SubmittedSms } from './sms';

/** What send_sms hands over: one SMS ready to go on air. */
export type NewSms = Pick<
  Sms,
  'number' | 'text' | 'user_id' | 'port' | 'encoding' | 'request_status_report' | 'request' | 'count'
>;

/** Everything about outgoing SMS: tasks, queue, sending, records, and all that was accepted. */
export class SmsService {
  readonly queue = new Queue();
  readonly records: SmsRecords;
  /** Number of send_sms requests received. */
  requests = 0;
  private readonly sender: Sender;
  private readonly accepted: Ledger<Sms>;
  /** Of every task, the SMS that aren't out yet. */
  private readonly tasks = new Map<number, Set<Sms>>();
  private nextTask = 1;
  private nextSeq = 0;

  constructor(
    private readonly world: World,
    private readonly ports: readonly GsmPort[],
    /** Told of every SMS that is out whole. */
    onSent: (sms: Sms) => void,
  ) {
    this.records = new SmsRecords(world);
    this.accepted = new Ledger<Sms>(world.settings.remembers, {});
    const reports = new Reports(world, this.records);
    this.sender = new Sender(world, ports, this.queue, this.records, reports, (sms) => this.leaveTask(sms), onSent);
  }

  /** Every SMS accepted, oldest first: the newest 100,000. */
  get submitted(): readonly SubmittedSms[] {
    return this.accepted.all();
  }

  /** Accepts the SMS of one request as one task; answers its id and how many SMS wait with it (manual 2.3). */
  accept(messages: readonly NewSms[]): { sms_in_queue: number; task_id: number } {
    const task_id = this.nextTask++;
    const at = this.world.settings.now();
    const task = new Set<Sms>();
    this.tasks.set(task_id, task);
    for (const message of messages) {
      const seq = this.nextSeq++;
      const sms: Sms = {
        ...message,
        task_id,
        at,
        seq,
        state: 'QUEUED',
        plannedPort: message.port?.[0] ?? seq % this.ports.length,
        succ_count: 0,
        time: this.world.print(at),
        imsi: '',
        received: 0,
      };
      task.add(sms);
      this.accepted.add(sms);
      this.queue.add(sms);
      if (this.world.settings.queuedInResults) this.records.results.add(sms);
    }
    const sms_in_queue = this.queue.waiting;
    this.sender.wakeAll();
    return { sms_in_queue, task_id };
  }

  /** Stops what of a task isn't on the air yet; false when there is no such task, or all of it is out (manual 9.3). */
  stop(task_id: number): boolean {
    const task = this.tasks.get(task_id);
    if (!task) return false;
    for (const sms of task) this.queue.withdraw(sms, 'STOPPED');
    this.tasks.delete(task_id);
    this.records.results.remove((sms) => sms.state === 'STOPPED');
    return true;
  }

  /** The device goes down: the queue is lost, or kept with what was on the air in it again. */
  goDown(losesQueue: boolean): void {
    const interrupted = this.sender.interrupt();
    const waiting = this.queue.clear();
    for (const sms of [...interrupted, ...waiting]) {
      sms.state = losesQueue ? 'LOST' : 'QUEUED';
      sms.succ_count = 0;
      sms.received = 0;
      if (!losesQueue) this.queue.add(sms);
    }
    if (!losesQueue) return;
    this.tasks.clear();
    this.records.results.remove((sms) => sms.state === 'LOST');
  }

  /** task_ids start again at 1. */
  restartIds(): void {
    this.nextTask = 1;
    this.tasks.clear();
  }

  private leaveTask(sms: Sms): void {
    const task = this.tasks.get(sms.task_id);
    task?.delete(sms);
    if (task?.size === 0) this.tasks.delete(sms.task_id);
  }
}
