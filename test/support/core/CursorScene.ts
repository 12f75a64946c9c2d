import type { IncomingSms } from '../../../lib/gateway-api';
import type { ListedRecord } from '../../../lib/messaging/inbox/fingerprint';
import { InboxCursor, type InboxCursorNote, type NewRecord } from '../../../lib/messaging/inbox/InboxCursor';

const START = Date.UTC(2024, 0, 15, 12);

/** The SMS with an id; the gateway shows `seconds` after the start. */
export const sms = (id: number, text = `t${id}`, seconds = id): IncomingSms => ({
  ...{ incoming_sms_id: id, port: 0, number: '1', smsc: '', text },
  timestamp: new Date(START + seconds * 1000).toISOString().slice(0, 19).replace('T', ' '),
});
type Shown = number | IncomingSms | { id: number };
/** What a list shows: ids stand for their SMS, `{ id }` for one that can't be read. */
const list = (...shown: Shown[]): ListedRecord[] =>
  shown.map((one) => {
    if (typeof one === 'number') return { id: one, sms: sms(one) };
    return 'incoming_sms_id' in one ? { id: one.incoming_sms_id, sms: one } : one;
  });
export const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, place) => from + place);
/** The texts of what is new, with `?` where it may have been emitted before; undefined = only the whole list can tell. */
const texts = (fresh: readonly NewRecord[] | undefined): string[] | undefined =>
  fresh?.map((one) => one.sms.text + (one.doubtful ? '?' : ''));

/** What one node has had, and what is new to it, as texts. */
export class CursorScene {
  constructor(public cursor: InboxCursor) {}

  pushed(...all: Shown[]): string[] | undefined {
    return texts(this.cursor.pushed(list(...all).flatMap((one) => one.sms ?? [])).fresh);
  }

  /** The next page of a look that has begun. */
  page(...shown: Shown[]): string[] | undefined {
    return texts(this.cursor.page(list(...shown)));
  }

  /** The whole list, read while `meanwhile` happens. */
  all(shown: Shown[], meanwhile: () => void = () => undefined): string[] | undefined {
    this.cursor.lookBegins();
    meanwhile();
    return texts(this.cursor.all(list(...shown)));
  }

  /** Another process goes on. */
  restart(): void {
    this.cursor = new InboxCursor(JSON.parse(JSON.stringify(this.cursor)));
  }

  get note(): InboxCursorNote {
    return this.cursor.toJSON();
  }
}
