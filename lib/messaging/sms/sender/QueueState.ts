import type { Held, StoredSms } from '../../../store';
import type { Admission } from './Admission';
import type { Backoff, Obstacle } from './Backoff';
import type { HourlyLimit, HourlyLimitState } from './HourlyLimit';
import { heldByObstacle, NO_SIM, PAUSED } from './heldByObstacle';

/** How a gateway's queue stands: how many SMS are in the gateway, what is left of its hour, what holds up all or one of it. */
export class QueueState {
  constructor(
    private readonly admission: Pick<Admission, 'inQueue' | 'readyPorts'>,
    private readonly sender: { readonly backoff: Backoff; readonly hourlyLimit: HourlyLimit },
  ) {}

  /** How many SMS, ours and others', wait in the gateway, by its last answer (manual 2.3, `sms_in_queue`); undefined before that. */
  get inQueue(): number | undefined {
    return this.admission.inQueue;
  }

  /** How the hourly limit stands; undefined where there is none. */
  hourlyLimit(): Promise<HourlyLimitState | undefined> {
    return this.sender.hourlyLimit.state();
  }

  /** Lets SMS leave again that the hourly limit holds: the hour begins anew. */
  resetHourlyLimit(): void {
    this.sender.hourlyLimit.reset();
  }

  /** What holds back all that waits; undefined = nothing does. */
  get heldUp(): Held | undefined {
    return this.heldUpBy(this.sender.backoff.obstacle);
  }

  /**
   * What holds back an SMS that waits, by a rule or because nothing can leave now; undefined = nothing, or it doesn't wait.
   * @param obstacle what holds up the queue
   */
  heldBy(sms: StoredSms, obstacle: Obstacle | undefined): Held | undefined {
    if (sms.stage !== 'waiting') return undefined;
    const { readyPorts } = this.admission;
    const isWithoutSim = readyPorts !== undefined && sms.ports?.some((port) => readyPorts.has(port)) === false;
    if (sms.paused) return PAUSED;
    return sms.held ?? this.heldUpBy(obstacle) ?? (isWithoutSim ? NO_SIM : undefined);
  }

  private heldUpBy(obstacle: Obstacle | undefined): Held | undefined {
    const opensAt = obstacle === 'HOURLY_LIMIT' ? this.sender.hourlyLimit.opensAt : undefined;
    return heldByObstacle(obstacle, opensAt ?? null);
  }
}
