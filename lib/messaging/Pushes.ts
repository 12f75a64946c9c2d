import type { Cdr, DeliveryStatus, IncomingSms, RegisterEvent, SmsResult, UssdReply } from '../gateway-api';

/** What a gateway pushes beside what becomes of SMS, by the manual's keys (manual 16; `cdr`: field notes). */
export interface PushedRecords {
  sms: IncomingSms[];
  ussd: UssdReply[];
  register: RegisterEvent[];
  cdr: Cdr[];
}

/** Pushed records by their kind: results and delivery reports of SMS, and the others. */
export interface Pushed extends Partial<PushedRecords> {
  results?: SmsResult[];
  reports?: DeliveryStatus[];
  /** False where it came from another address than the gateway's: what isn't ours by its user_id decides nothing then. */
  isCredible?: boolean;
}

type Kind = keyof PushedRecords;
type Listener<K extends Kind> = (records: PushedRecords[K]) => Promise<void> | void;

/** Hands a gateway's pushes to whoever waits for them. */
export class Pushes {
  private readonly listeners: { [K in Kind]: Set<Listener<K>> } = {
    sms: new Set(),
    ussd: new Set(),
    register: new Set(),
    cdr: new Set(),
  };

  /** Listens from now on; answers how to stop that. */
  on<K extends Kind>(kind: K, listener: Listener<K>): () => void {
    const listeners: Set<Listener<K>> = this.listeners[kind];
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }

  /** Resolves when all who listen have what they need of it; rejects when one of them couldn't keep it. */
  async tell(records: Partial<PushedRecords>): Promise<void> {
    await Promise.all((Object.keys(records) as Kind[]).map((kind) => this.tellOf(kind, records[kind])));
  }

  private async tellOf<K extends Kind>(kind: K, records: PushedRecords[K] | undefined): Promise<void> {
    if (!records || records.length === 0) return;
    await Promise.all([...this.listeners[kind]].map(async (listener) => listener(records)));
  }
}
