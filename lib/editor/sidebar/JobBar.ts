import type { SidebarJob } from '../../sidebar/snapshot';
import { make, mark, type Part } from './dom';
import { sharesOf } from './shares';

/** How far a job is, as a bar. What it shows stands in words below it. */
export class JobBar implements Part<SidebarJob> {
  readonly element = make('div', 'dinstar-job-bar');
  private readonly pieces = new Map<string, HTMLElement>();

  constructor(name: HTMLElement, words: HTMLElement) {
    this.element.setAttribute('role', 'progressbar');
    this.element.setAttribute('aria-labelledby', name.id);
    this.element.setAttribute('aria-describedby', words.id);
    this.element.setAttribute('aria-valuemin', '0');
  }

  show(job: SidebarJob): void {
    mark(this.element, 'aria-valuemax', String(job.total));
    mark(this.element, 'aria-valuenow', String(Math.max(0, job.total - job.waiting)));
    for (const [name, count] of Object.entries(sharesOf(job))) {
      const piece = this.pieces.get(name) ?? this.add(name);
      piece.hidden = count === 0;
      piece.style.flexGrow = String(count);
    }
  }

  private add(name: string): HTMLElement {
    const piece = make('span', `dinstar-share-${name}`);
    this.pieces.set(name, piece);
    this.element.append(piece);
    return piece;
  }
}
