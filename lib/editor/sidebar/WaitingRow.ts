import { MOST_COUNTED, type SidebarGateway, type SidebarHeld, type WaitingStopped } from '../../sidebar/snapshot';
import type { Translate } from '../red';
import { Command, keepFocus } from './Command';
import { make, type Part, Parts, say } from './dom';
import { SureButton } from './SureButton';
import { soon } from './times';
import { HELD_LABELS } from './words';

/** How many SMS wait here and in the gateway, why those here do, and the button that stops all of those. */
export class WaitingRow {
  readonly element = make('div', 'dinstar-waiting');
  private readonly here = make('b');
  private readonly there = make('b');
  private readonly stop: SureButton;
  private readonly command: Command;
  private readonly reasons: Parts<SidebarHeld>;
  private count = 0;

  constructor(
    private readonly t: Translate,
    gateway: string,
  ) {
    const path = `sidebar/gateways/${encodeURIComponent(gateway)}/waiting/stop`;
    this.command = new Command(t);
    this.stop = new SureButton(
      { name: t('label.queue.stop'), sure: () => t('label.job.sure', { count: this.counted(this.count) }) },
      () => this.command.run<WaitingStopped>(path, {}, ({ stopped }) => t('label.queue.stopped', { count: stopped })),
      (isAsking) => this.command.say(isAsking ? t('tip.stopWaiting') : ''),
    );
    const list = make('ul', 'dinstar-reasons');
    this.reasons = new Parts(
      list,
      ({ by }) => by,
      () => this.reason(),
    );
    const queue = make(
      'div',
      'dinstar-queue',
      make('span', '', `${t('label.queue.here')} `, this.here),
      this.stop.element,
      make('span', '', `${t('label.queue.there')} `, this.there),
    );
    this.element.append(queue, this.command.result, list);
  }

  show({ queue, held }: SidebarGateway, write: boolean): void {
    this.count = queue.here ?? 0;
    say(this.here, queue.here === undefined ? '–' : this.counted(queue.here));
    say(this.there, String(queue.there ?? '–'));
    keepFocus(
      this.element,
      () => {
        const why = write ? undefined : this.t('error.notAllowed');
        this.stop.show({ isThere: this.count > 0, why });
      },
      () => this.command.result,
    );
    this.reasons.show(held);
  }

  private counted(count: number): string {
    return count === MOST_COUNTED ? this.t('label.queue.more', { count }) : String(count);
  }

  private reason(): Part<SidebarHeld> {
    const element = make('li');
    return { element, show: (held) => say(element, this.told(held)) };
  }

  private told({ by, count, isMore, until, text }: SidebarHeld): string {
    const { t } = this;
    const time = until === undefined ? '' : soon(until, Date.now());
    const key = by === 'schedule' && text === undefined ? 'label.held.firstOfSchedule' : HELD_LABELS[by];
    const why = t(key ?? 'label.held.other', { time });
    // What limits and guards say names the SIM or the number of times, in the runtime's own words.
    const more = text !== undefined && (by === 'sim-limit' || by === 'loop-guard') ? ` (${text})` : '';
    const counted = isMore ? t('label.queue.more', { count }) : count;
    return t('label.held.count', { count: counted, why: `${why}${more}` });
  }
}
