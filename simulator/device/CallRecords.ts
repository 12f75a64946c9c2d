import { Ledger } from './Ledger';
import type { World } from './world';

/** What a test or a person says about a call; all but the port has a default. Times in milliseconds since 1970. */
export interface Call {
  readonly port: number;
  readonly direction?: 'gsm->ip' | 'ip->gsm' | 'callback';
  readonly start?: number;
  /** When it was answered; left out: it wasn't. */
  readonly answer?: number;
  readonly ip?: string;
  readonly codec?: string;
  readonly hangup?: 'called' | 'calling' | 'gateway';
  readonly gsm_code?: number;
  readonly bcch?: string;
  /** Seconds (later firmware). */
  readonly duration?: number;
  readonly source_number?: string;
  readonly destination_number?: string;
}

/** A CDR as the gateway prints it (manual 12.3), with the keys of later firmware (field notes). */
export interface Cdr {
  readonly port: number;
  readonly start_date: string;
  readonly answer_date: string;
  readonly direction: string;
  readonly ip: string;
  readonly codec: string;
  readonly hangup: string;
  readonly gsm_code: number;
  readonly bcch: string;
  readonly duration?: number;
  readonly source_number?: string;
  readonly destination_number?: string;
}

/** The call records of the gateway, the newest 10,000. */
export class CallRecords {
  private records = new Ledger<Cdr>(10_000, {});

  constructor(private readonly world: World) {}

  /** A call has ended: it is recorded and pushed. */
  add(call: Call): Cdr {
    const { settings, print } = this.world;
    const start = call.start ?? settings.now();
    const later = {
      duration: call.duration ?? 0,
      source_number: call.source_number ?? '',
      destination_number: call.destination_number ?? '',
    };
    const record: Cdr = {
      port: call.port,
      start_date: print(start),
      answer_date: call.answer === undefined ? '' : print(call.answer),
      direction: call.direction ?? 'ip->gsm',
      ip: call.ip ?? '',
      codec: call.codec ?? 'G.711U',
      hangup: call.hangup ?? 'called',
      gsm_code: call.gsm_code ?? 16,
      bcch: call.bcch ?? '',
      ...(settings.laterKeys ? later : {}),
    };
    this.records.add(record);
    this.world.push({ cdr: [record] });
    return record;
  }

  /** Nobody answered a call from the mobile network. */
  miss(port: number, number: string): void {
    const { settings, print } = this.world;
    this.world.push({ missed_call: { time: print(settings.now()), port, number } });
    this.add({ port, direction: 'gsm->ip', hangup: 'calling', source_number: number });
  }

  all(): readonly Cdr[] {
    return this.records.all();
  }

  forget(): void {
    this.records = new Ledger<Cdr>(10_000, {});
  }
}
