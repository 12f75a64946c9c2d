import { responseTo } from '../../network/specialNumbers';
import type { GsmPort } from '../GsmPort';
import type { World } from '../world';
import type { Queue } from './Queue';
import type { Reports } from './Reports';
import type { SmsRecords } from './SmsRecords';
import type { Sms } from './sms';

/** The ports at work: each takes the next SMS it may send, takes its time for every segment and tells how it went. */
export class Sender {
  /** What each port has on the air. */
  private readonly onAir = new Map<GsmPort, Sms>();
  /** What a stuck port would do next if it weren't. */
  private readonly held = new Map<GsmPort, () => void>();

  constructor(
    private readonly world: World,
    private readonly ports: readonly GsmPort[],
    private readonly queue: Queue,
    private readonly records: SmsRecords,
    private readonly reports: Reports,
    private readonly finished: (sms: Sms) => void,
    private readonly onSent: (sms: Sms) => void,
  ) {
    for (const port of ports) port.onReady = () => this.wake(port);
  }

  /** Sets every port to work that has nothing to do. */
  wakeAll(): void {
    for (const port of this.ports) this.takeNext(port);
  }

  /** Takes back what is on the air; answers the SMS. */
  interrupt(): Sms[] {
    const interrupted = [...this.onAir.values()];
    for (const port of this.onAir.keys()) port.sending = false;
    this.onAir.clear();
    this.held.clear();
    return interrupted;
  }

  private wake(port: GsmPort): void {
    const goOn = this.held.get(port);
    this.held.delete(port);
    if (goOn) goOn();
    else this.takeNext(port);
  }

  private takeNext(port: GsmPort): void {
    if (!this.world.running || !port.registered || port.stuck || port.blocked || port.sending) return;
    const sms = this.queue.take(port.port);
    if (!sms) return;
    port.sending = true;
    this.onAir.set(port, sms);
    sms.state = 'SENDING';
    sms.sentPort = port.port;
    sms.imsi = port.imsi;
    sms.sentAt = this.world.settings.now();
    sms.time = this.world.print(sms.sentAt);
    if (!this.world.settings.queuedInResults) this.records.results.add(sms);
    this.sendSegment(port, sms, 0);
  }

  private sendSegment(port: GsmPort, sms: Sms, index: number): void {
    const slow = responseTo(sms.number) === 'slow to send';
    const ref = port.takeRef();
    if (index === 0) sms.ref_id = ref;
    this.world.timers.after(this.world.pace(slow ? 'slowSegment' : 'segment'), () => {
      const go = () => this.segmentSent(port, sms, index);
      if (port.stuck) this.held.set(port, go);
      else go();
    });
  }

  private segmentSent(port: GsmPort, sms: Sms, index: number): void {
    const response = responseTo(sms.number);
    const last = index === sms.count - 1;
    const lostPart = response === 'fails in part' && last && index > 0;
    if (!port.registered || response === 'fails' || lostPart || !this.transmit(port, sms, index)) {
      this.finish(port, sms, 'FAILED');
      return;
    }
    sms.succ_count += 1;
    this.reports.expect(sms, index);
    if (last) this.finish(port, sms, 'SENT_OK');
    else this.sendSegment(port, sms, index + 1);
  }

  /** The network takes a segment, from the card by which the SMS was begun. */
  private transmit(port: GsmPort, { number, imsi }: Sms, index: number): boolean {
    const { card } = port;
    if (!card || card.imsi !== imsi) return false;
    if (port.lying) return true;
    const isTaken = this.world.operator.transmit(card, port.port, { number, isFirst: index === 0 });
    if (card.barred) port.setBarred(card.barred);
    return isTaken;
  }

  private finish(port: GsmPort, sms: Sms, state: 'SENT_OK' | 'FAILED'): void {
    this.onAir.delete(port);
    port.sending = false;
    sms.state = state;
    sms.endedAt = this.world.settings.now();
    this.finished(sms);
    this.world.push({ sms_result: [this.records.resultOf(sms)] });
    if (state === 'SENT_OK') this.onSent(sms);
    this.takeNext(port);
  }
}
