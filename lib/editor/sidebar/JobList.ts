import type { SidebarGateway, SidebarJob } from '../../sidebar/snapshot';
import type { Translate } from '../red';
import { keepFocus } from './Command';
import { make, type Part, Parts, say } from './dom';
import { JobRow } from './JobRow';
import { foldable } from './lists';

/** The jobs of a gateway. */
export class JobList implements Part<SidebarGateway> {
  readonly element: HTMLDetailsElement;
  private readonly summary: HTMLElement;
  private readonly more = make('div');
  private readonly parts: Parts<SidebarJob>;

  constructor(
    private readonly t: Translate,
    gateway: string,
    mayWrite: () => boolean,
  ) {
    const list = make('div', 'dinstar-jobs');
    const { element, summary } = foldable(t('section.jobs'), list, this.more);
    this.element = element;
    this.summary = summary;
    this.parts = new Parts(
      list,
      ({ job }) => job,
      (job) => new JobRow(t, gateway, job, mayWrite),
    );
  }

  show({ jobs, moreJobs }: SidebarGateway): void {
    this.element.hidden = jobs.length === 0;
    keepFocus(
      this.element,
      () => this.parts.show(jobs),
      () => this.summary,
    );
    this.more.hidden = moreJobs === 0;
    say(this.more, this.t('label.job.more', { count: moreJobs }));
  }
}
