import { cutToSize } from './cut';
import { Ledger } from './Ledger';
import type { World } from './world';

/** An incoming SMS as the gateway prints it (manual 6.3). */
export interface IncomingSms {
  readonly incoming_sms_id: number;
  readonly port: number;
  readonly number: string;
  readonly smc: string;
  readonly timestamp: string;
  readonly text: string;
  readonly imsi?: string;
}

interface Entry {
  readonly sms: IncomingSms;
  read: boolean;
}

/** The incoming SMS in the gateway's database. */
export class Inbox {
  private entries = new Ledger<Entry>(100_000, {});
  private nextId = 1;

  constructor(private readonly world: World) {}

  /** An SMS arrives and is pushed; answers its incoming_sms_id. */
  receive(sms: { port: number; number: string; text: string; smsc: string; imsi: string }): number {
    const { settings, printNetwork } = this.world;
    const incoming: IncomingSms = {
      incoming_sms_id: this.nextId++,
      port: sms.port,
      number: sms.number,
      smc: sms.smsc,
      timestamp: printNetwork(settings.now()),
      text: sms.text,
      ...(settings.laterKeys ? { imsi: sms.imsi } : {}),
    };
    this.entries.add({ sms: incoming, read: false });
    this.world.push({ sms: [incoming] });
    return incoming.incoming_sms_id;
  }

  /** The newest first, at most `count`. */
  newest(count: number): IncomingSms[] {
    const entries = this.entries.all();
    return entries
      .slice(-count)
      .map(({ sms }) => sms)
      .reverse();
  }

  /** Hands out what the flag, the id and the ports select, cut near the size limit; all of that has then been read. */
  read(flag: 'unread' | 'read' | 'all', after: number, ports: readonly number[] | undefined): IncomingSms[] {
    const selected = this.entries
      .all()
      .filter(
        ({ sms, read }) =>
          sms.incoming_sms_id > after &&
          (flag === 'all' || read === (flag === 'read')) &&
          (!ports?.length || ports.includes(sms.port)),
      );
    const page = cutToSize(
      selected.map(({ sms }) => sms),
      this.world.settings.replyLimit,
    );
    for (const entry of selected.slice(0, page.length)) entry.read = true;
    return page;
  }

  counts(): { read: number; unread: number } {
    const entries = this.entries.all();
    const read = entries.filter((entry) => entry.read).length;
    return { read, unread: entries.length - read };
  }

  /** Somebody deletes these SMS on the gateway's web page. */
  remove(ids: readonly number[]): void {
    this.entries.remove(({ sms }) => ids.includes(sms.incoming_sms_id));
  }

  /** Empties the database. */
  forget(): void {
    this.entries = new Ledger<Entry>(100_000, {});
  }

  /** incoming_sms_ids start again at 1, in an empty database. */
  restartIds(): void {
    this.forget();
    this.nextId = 1;
  }
}
