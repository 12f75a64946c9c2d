import type { JobAnswered, SidebarJob } from '../../sidebar/snapshot';
import type { Translate } from '../red';
import { Command, keepFocus } from './Command';
import { button, make, mark, type Part, say } from './dom';
import { JobBar } from './JobBar';
import { SureButton } from './SureButton';
import { moment, soon } from './times';

let rows = 0;

/** A job: its name, how far it is, and what can be done about it. */
export class JobRow implements Part<SidebarJob> {
  readonly element: HTMLElement;
  private readonly name = make('b', 'dinstar-job-name');
  private readonly words = make('div', 'dinstar-job-words');
  private readonly bar: JobBar;
  private readonly pause: HTMLButtonElement;
  private readonly stop: SureButton;
  private readonly buttons: HTMLElement;
  private readonly command: Command;
  private shown: SidebarJob;

  constructor(
    private readonly t: Translate,
    private readonly gateway: string,
    first: SidebarJob,
    private readonly mayWrite: () => boolean,
  ) {
    this.shown = first;
    rows += 1;
    this.name.id = `dinstar-job-${rows}`;
    this.words.id = `dinstar-job-words-${rows}`;
    this.command = new Command(t);
    this.bar = new JobBar(this.name, this.words);
    this.pause = button(t('label.job.pause'), () => this.order(this.shown.isPaused ? 'resume' : 'pause'));
    this.stop = new SureButton(
      { name: t('label.job.stop'), sure: () => t('label.job.sure', { count: this.shown.waiting }) },
      () => this.order('stop'),
      (isAsking) => this.command.say(isAsking ? t('tip.stopJob') : ''),
    );
    this.buttons = make('div', 'dinstar-buttons', this.pause, this.stop.element);
    const head = make('div', 'dinstar-line', this.name, this.buttons);
    this.element = make('div', 'dinstar-job', head, this.bar.element, this.words, this.command.result);
    this.element.setAttribute('role', 'group');
    this.element.setAttribute('aria-labelledby', this.name.id);
  }

  show(job: SidebarJob): void {
    this.shown = job;
    const { isPaused, waiting } = job;
    say(this.name, this.nameOf(job));
    this.bar.show(job);
    say(this.words, this.wordsOf(job));
    keepFocus(
      this.element,
      () => {
        const why = this.mayWrite() ? undefined : this.t('error.notAllowed');
        say(this.pause, this.t(isPaused ? 'label.job.resume' : 'label.job.pause'));
        this.pause.hidden = waiting === 0 && !isPaused;
        this.pause.disabled = why !== undefined;
        mark(this.pause, 'title', why);
        this.stop.show({ isThere: waiting > 0, why });
        this.buttons.hidden = waiting === 0 && !isPaused;
      },
      () => this.command.result,
    );
  }

  /** Without a name from the flow it is told by who sent it. */
  private nameOf({ job, isNamed, node, at }: SidebarJob): string {
    if (isNamed) return job;
    const sender = RED.nodes.node(node);
    return `${sender ? RED.utils.getNodeLabel(sender, 'send sms') : 'send sms'}, ${moment(at, Date.now())}`;
  }

  private wordsOf({ total, sent, delivered, failed, stopped, waiting, held, isPaused, eta }: SidebarJob): string {
    const { t } = this;
    const counted = (key: string, count: number): string[] => (count > 0 ? [t(key, { count })] : []);
    return [
      ...(isPaused ? [t('label.job.paused')] : []),
      t('label.job.sent', { sent, total }),
      ...counted('label.job.delivered', delivered),
      ...counted('label.job.failed', failed),
      ...counted('label.job.stopped', stopped),
      ...counted('label.job.waiting', waiting),
      ...counted('label.job.held', isPaused && held === waiting ? 0 : held),
      ...(eta === undefined || isPaused ? [] : [t('label.job.eta', { time: soon(eta, Date.now()) })]),
    ].join(' · ');
  }

  private order(action: 'pause' | 'resume' | 'stop'): void {
    const path = `sidebar/gateways/${encodeURIComponent(this.gateway)}/jobs/${action}`;
    this.command.run<JobAnswered>(path, { job: this.shown.job }, ({ stopped, left }) => {
      const said = action === 'stop' ? this.t('label.queue.stopped', { count: stopped }) : '';
      const gone = action !== 'resume' && left > 0 ? this.t('label.job.left', { count: left }) : '';
      return [said, gone].filter((text) => text !== '').join(' ');
    });
  }
}
