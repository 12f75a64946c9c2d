import type { SidebarMinutes } from '../../sidebar/snapshot';
import type { Translate } from '../red';
import { make, mark, type Part, say } from './dom';

const SVG = 'http://www.w3.org/2000/svg';
const HEIGHT = 18;
/** Below this a minute's bar isn't full height: one SMS shall not look like a storm. */
const FULL_FROM = 4;

/** How many SMS were sent, delivered, and failed in each of the last minutes: three rows of bars on one scale. */
export class Plots implements Part<SidebarMinutes> {
  readonly element = make('div', 'dinstar-plots');
  private readonly rows: Record<keyof SidebarMinutes, Row>;

  constructor(private readonly t: Translate) {
    this.rows = {
      sent: new Row('sent', t('label.plot.sent')),
      delivered: new Row('delivered', t('label.plot.delivered')),
      failed: new Row('failed', t('label.plot.failed')),
    };
    for (const row of Object.values(this.rows)) this.element.append(row.element);
  }

  show(minutes: SidebarMinutes): void {
    const all = Object.values(minutes).flat();
    const most = Math.max(FULL_FROM, ...all);
    for (const name of Object.keys(this.rows) as (keyof SidebarMinutes)[]) {
      const counts = minutes[name];
      const sum = counts.reduce((total, count) => total + count, 0);
      const said = this.t('label.plot.said', { sum, minutes: counts.length, now: counts[counts.length - 1] ?? 0 });
      this.rows[name].show(counts, most, sum, said);
    }
  }
}

class Row {
  readonly element: HTMLElement;
  private readonly picture = document.createElementNS(SVG, 'svg');
  private readonly sum = make('span', 'dinstar-plot-sum');
  private bars: SVGRectElement[] = [];

  constructor(
    name: string,
    private readonly label: string,
  ) {
    this.element = make('div', `dinstar-plot dinstar-plot-${name}`, make('span', '', label));
    this.picture.setAttribute('role', 'img');
    this.picture.setAttribute('preserveAspectRatio', 'none');
    this.element.append(this.picture, this.sum);
  }

  show(counts: readonly number[], most: number, sum: number, said: string): void {
    if (this.bars.length !== counts.length) this.draw(counts.length);
    counts.forEach((count, place) => {
      const height = count === 0 ? 0 : Math.max(2, (HEIGHT * count) / most);
      const bar = this.bars[place];
      if (!bar) return;
      mark(bar, 'height', String(height));
      mark(bar, 'y', String(HEIGHT - height));
    });
    say(this.sum, String(sum));
    mark(this.picture, 'aria-label', `${this.label}: ${said}`);
    mark(this.element, 'title', said);
  }

  private draw(count: number): void {
    this.picture.setAttribute('viewBox', `0 0 ${count * 4} ${HEIGHT}`);
    this.bars = Array.from({ length: count }, (_, place) => {
      const bar = document.createElementNS(SVG, 'rect');
      bar.setAttribute('x', String(place * 4));
      bar.setAttribute('width', '3');
      return bar;
    });
    this.picture.replaceChildren(...this.bars);
  }
}
