import type { Clock, Random } from '../../clock';
import { atOnce } from '../../concurrency';
import { isRegistered } from '../../gateway-api';
import type { Store, StoredSms } from '../../store';
import type { Inbox } from '../inbox/Inbox';
import type { PortReader } from '../reading/PortReader';
import type { SendRequest } from '../taking/SmsIntake';
import { validateRequest } from '../taking/validateRequest';
import type { CanaryOnAir } from './CanaryState';
import type { CanaryMarks } from './mark';
import { type NumbersGiven, numberOf } from './numberOf';
import type { CanarySim } from './route';

/** Whose SMS it is in the store, where a flow's `send sms` has its node's id. */
export const CANARY_NODE = 'dinstar-canary';

export interface CanaryLineOptions {
  store: Pick<Store, 'recipients'>;
  clock: Clock;
  random: Random;
  marks: CanaryMarks;
  reader: Pick<PortReader, 'read'>;
  inbox: Pick<Inbox, 'read'>;
  health: {
    readonly silentSeconds: number | undefined;
    readonly sims: { readonly ready: readonly number[] | undefined };
  };
  /** What takes SMS. */
  intake: { take: (sendRequest: SendRequest) => Promise<void> };
  signal: AbortSignal;
}

/** A test SMS gives way to all others, and one that can't leave in this time says nothing. Shorter than what the watch calls waiting. */
const VALIDITY_S = 240;

/** What test SMS have to do with their gateway: its SIMs, its inbox, the way out. */
export class CanaryLine {
  constructor(private readonly options: CanaryLineOptions) {}

  get isSilent(): boolean {
    return (this.options.health.silentSeconds ?? 0) > 0;
  }

  /** Whether fewer than two SIMs are ready, as far as is known without asking. */
  get hasTooFew(): boolean {
    const { ready } = this.options.health.sims;
    return ready !== undefined && ready.length < 2;
  }

  /** Asks for the SIMs that are ready, with the numbers that are known. */
  async sims(given: readonly NumbersGiven[]): Promise<CanarySim[]> {
    const { reader, signal } = this.options;
    const { ports } = await reader.read({ info: ['reg', 'iccid', 'number'] }, { kind: 'watch', signal });
    const ready = ports.filter(({ reg }) => isRegistered(reg));
    return ready.map((row) => ({ port: row.port, number: numberOf(row, given) }));
  }

  /** Reads what is new in the inbox: one of its test SMS among it is noticed on the way. Rejects as the gateway does. */
  readInbox(gateway: string): Promise<void> {
    const { inbox, signal } = this.options;
    // All others are for others: none of its ports is wanted.
    return inbox.read({ node: CANARY_NODE, gateway, backlog: false, ports: [] }, () => Promise.resolve(true), signal);
  }

  /** Makes the request for a test SMS. Plans and limits count it, as they would an alarm's. */
  requestFor({ id, from, gateway, input }: CanaryOnAir, to: string): SendRequest {
    const { clock, marks } = this.options;
    const raw = { to, text: marks.textOf(id), ports: [from], priority: 'low', validity: VALIDITY_S, wait: 0 };
    const validated = atOnce(validateRequest(raw, 'keep', clock.now()));
    return { id: input, validated, gateway, node: CANARY_NODE, onTimeout: 'keep', msg: '{}' };
  }

  /** Resolves when it is safe; rejects when it wasn't taken. */
  send(sendRequest: SendRequest): Promise<void> {
    return this.options.intake.take(sendRequest);
  }

  createId(): string {
    return this.options.marks.createId(this.options.random);
  }

  /** What the store has of a test SMS; undefined where it has none. */
  async sent({ input }: CanaryOnAir): Promise<StoredSms | undefined> {
    return (await this.options.store.recipients(input, 1))[0];
  }
}
