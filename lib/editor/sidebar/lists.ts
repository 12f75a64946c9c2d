import type { SidebarEvent, SidebarSms } from '../../sidebar/snapshot';
import type { Translate } from '../red';
import { icon, make, mark, type Part, Parts, say } from './dom';
import { moment } from './times';
import { codeLabel, SMS_LABELS } from './words';

/** What can be folded away, open at first, below its heading. */
export function foldable(
  label: string,
  ...content: HTMLElement[]
): { element: HTMLDetailsElement; summary: HTMLElement } {
  const summary = make('summary', '', icon('angle-right'), ` ${label}`);
  const element = make('details', 'dinstar-list', summary, ...content);
  element.open = true;
  return { element, summary };
}

/** A list that can be folded away, the newest first. */
class Folded<T> implements Part<readonly T[]> {
  readonly element: HTMLDetailsElement;
  private readonly list = make('ul');
  private readonly parts: Parts<T>;

  constructor(label: string, getKey: (item: T) => string | number, createPart: (item: T) => Part<T>) {
    this.element = foldable(label, this.list).element;
    this.parts = new Parts(this.list, getKey, createPart);
  }

  show(items: readonly T[]): void {
    this.element.hidden = items.length === 0;
    this.parts.show(items);
  }
}

/** The last SMS, sent and received. */
export const smsList = (t: Translate): Part<readonly SidebarSms[]> =>
  new Folded(
    t('section.sms'),
    ({ key }) => key,
    () => {
      const direction = make('span', 'dinstar-sms-way');
      const number = make('b');
      const status = make('span', 'dinstar-badge');
      const head = make('div', 'dinstar-line', direction, number, status);
      const time = make('span', 'dinstar-time');
      const text = make('span');
      const element = make('li', '', head, make('div', 'dinstar-sms-text', time, ' ', text));
      return {
        element,
        show(sms) {
          const isOut = sms.direction === 'out';
          if (direction.childElementCount === 0) direction.append(icon(isOut ? 'long-arrow-right' : 'long-arrow-left'));
          const way = t(isOut ? 'label.sms.to' : 'label.sms.from');
          mark(direction, 'title', way);
          say(number, sms.number);
          say(status, isOut ? t(SMS_LABELS[sms.status ?? ''] ?? 'label.sms.unknown') : t('label.sms.received'));
          mark(status, 'data-level', sms.level);
          say(time, moment(sms.at, Date.now()));
          say(text, sms.text);
          const port = sms.port === undefined ? '' : `, ${t('label.portName', { port: sms.port })}`;
          mark(element, 'title', `${way} ${sms.number}${port}`);
        },
      };
    },
  );

/** What happened lately. */
export const eventList = (t: Translate): Part<readonly SidebarEvent[]> =>
  new Folded(
    t('section.events'),
    ({ key }) => key,
    () => {
      const time = make('span', 'dinstar-time');
      const what = make('span');
      const element = make('li', 'dinstar-line', make('span', 'dinstar-dot'), time, what);
      return {
        element,
        show(event) {
          mark(element, 'data-level', event.level);
          say(time, moment(event.at, Date.now()));
          say(what, told(t, event));
        },
      };
    },
  );

function told(t: Translate, { kind, code, port = 0, text = '' }: SidebarEvent): string {
  if (kind === 'port') return t(code === 'UP' ? 'label.event.up' : 'label.event.down', { port });
  if (kind === 'ussd') return `${t('label.event.ussd', { port })} ${text}`;
  if (kind === 'hourlyLimit') return t('label.event.hourlyLimit');
  return code === undefined ? t('label.event.connection') : t(codeLabel(code));
}
