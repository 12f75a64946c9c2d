import type { ListedPort } from '../../admin/answers';
import type { SelfTestReport } from '../../admin/selfTest';
import { AdminError, askAdmin } from '../admin';
import type { Form } from '../Form';
import { type Fact, factsAsText } from '../facts';
import { livePorts } from '../livePorts';
import type { EditorNode } from '../red';
import { markWords, showFacts } from '../showFacts';
import { problemFact } from './problems';
import { reportFacts } from './selfTestFacts';

interface Answer {
  sms: number;
  segments: number;
  report?: SelfTestReport;
}

const POLL_INTERVAL_MS = 1500;
/** What a self-test goes by as it is deployed. */
const LINE_FIELDS = ['url', 'tls', 'username', 'password', 'auth', 'timezone'];

/** The button "Self-test" of a gateway's dialog, and what it opens. */
export function offerSelfTest(node: EditorNode, form: Form): void {
  const panel = new SelfTestPanel(node, form);
  panel.listen();
}

/** The self-test's part of a gateway's dialog: what it will cost, the start, the progress and the report. */
class SelfTestPanel {
  private ports: ListedPort[] = [];
  private cost = { sms: 0, segments: 0 };
  private facts: Fact[] = [];
  private readonly atFirst: string;

  constructor(
    private readonly node: EditorNode,
    private readonly form: Form,
  ) {
    this.atFirst = this.lineFields();
  }

  listen(): void {
    this.find('open').on('click', () => void this.open());
    this.find('to').on('change', () => this.chooseTo());
    this.find('from').on('change', () => this.showCost());
    this.find('number').on('input change', () => this.showCost());
    this.find('start').on('click', () => void this.start());
    this.find('abort').on('click', () => void this.abort());
    this.find('copy').on('click', (event) => {
      RED.clipboard.copyText(factsAsText(this.facts), $(event.currentTarget), '');
    });
    this.find('combine').on('click', () => this.combineAll());
  }

  private find(part: string): JQuery {
    return this.form.find(`.dinstar-selftest-${part}`);
  }

  private lineFields(): string {
    return JSON.stringify(LINE_FIELDS.map((field) => this.form.field(field).val() ?? ''));
  }

  private get path(): string {
    return `gateways/${encodeURIComponent(this.node.id)}/self-test`;
  }

  private async open(): Promise<void> {
    this.find('open').attr('aria-expanded', 'true');
    this.find('panel').show();
    for (const part of ['form', 'start', 'abort', 'after', 'combine']) this.find(part).hide();
    const deployed = RED.nodes.node(this.node.id);
    if (!deployed || deployed.changed || this.lineFields() !== this.atFirst) {
      this.show([this.notDeployed()]);
      return;
    }
    this.show([{ mark: 'busy', text: this.node._('tip.test.asking') }]);
    try {
      const { report, ...cost } = await askAdmin<Answer>('GET', this.path);
      this.cost = cost;
      if (report?.state === 'running') return void this.follow(report);
      this.ports = (await livePorts(this.node.id)).filter(({ ready }) => ready);
      this.offer(report);
    } catch (error) {
      const unknown = error instanceof AdminError && error.code === 'NOT_CONFIGURED';
      this.show([unknown ? this.notDeployed() : problemFact(this.node, error)]);
    }
  }

  private notDeployed(): Fact {
    return { mark: 'note', text: this.node._('tip.selfTest.deploy') };
  }

  /** Ready to start: two ports, a number and what it will cost. */
  private offer(report: SelfTestReport | undefined): void {
    if (this.ports.length < 2) {
      this.show([{ mark: 'note', text: this.node._('tip.selfTest.twoPorts') }]);
      return;
    }
    for (const part of ['from', 'to']) this.find(part).empty().append(this.ports.map(optionOf));
    this.find('to').val(String(this.ports[1]?.port));
    this.find('form').show();
    const start = this.find('start').show();
    start.find('span').text(this.node._('label.selfTestStart', { sms: this.cost.sms }));
    this.chooseTo();
    if (report) this.conclude(report);
    else this.show([]);
  }

  // Many SIMs don't know their own number: then it has to be typed.
  private chooseTo(): void {
    const to = Number(this.find('to').val());
    this.find('number').val(this.ports.find(({ port }) => port === to)?.number ?? '');
    this.showCost();
  }

  private showCost(): void {
    const from = String(this.find('from').val());
    const to = String(this.find('to').val());
    const number = String(this.find('number').val()).trim();
    const text = this.node._('tip.selfTest.cost', { ...this.cost, from, to, number: number || '?' });
    this.find('cost').text(text);
    this.find('start').prop('disabled', number === '' || from === to);
  }

  private async start(): Promise<void> {
    const [from, to, number] = ['from', 'to', 'number'].map((part) => String(this.find(part).val()));
    this.find('start').prop('disabled', true);
    try {
      const request = { from, to, number, segments: this.cost.segments };
      await this.follow((await askAdmin<Answer>('POST', this.path, request)).report);
    } catch (error) {
      this.show([problemFact(this.node, error)]);
      this.showCost();
    }
  }

  private async abort(): Promise<void> {
    this.find('abort').prop('disabled', true);
    await askAdmin('POST', `${this.path}/abort`).catch((error) => this.show([problemFact(this.node, error)]));
  }

  /** Shows the progress until it is over, or the dialog is closed. */
  private async follow(begun: SelfTestReport | undefined): Promise<void> {
    let report = begun;
    this.find('form').hide();
    this.find('start').hide();
    this.find('after').hide();
    this.find('abort').show().prop('disabled', false);
    // Read out once it is over, not each time that a line of it changes.
    this.find('report').attr('aria-live', 'off');
    while (report?.state === 'running') {
      this.show(reportFacts(this.node, report, Date.now()));
      await new Promise((resolve) => setTimeout(resolve, POLL_INTERVAL_MS));
      if (!this.find('panel')[0]?.isConnected) return;
      // A moment offline is no reason to lose sight of it.
      report = (await askAdmin<Answer>('GET', this.path).catch(() => ({ report }))).report;
    }
    this.find('abort').hide();
    if (report) this.conclude(report);
  }

  private conclude(report: SelfTestReport): void {
    this.find('report').attr('aria-live', 'polite');
    this.show(reportFacts(this.node, report, Date.now()));
    this.find('after').show();
    this.find('combine').toggle(report.combinesAll && this.form.read(this.node, 'combine') !== 'all');
  }

  private combineAll(): void {
    this.form.field('combine').val('all').trigger('change');
    this.find('combine').hide();
    this.show([...this.facts, { mark: 'good', text: this.node._('tip.selfTest.combined') }]);
  }

  private show(facts: Fact[]): void {
    this.facts = facts;
    showFacts(this.find('report'), facts, markWords(this.node));
  }
}

const optionOf = ({ port, number }: ListedPort): JQuery =>
  $('<option>')
    .val(port)
    .text(number === undefined ? port : `${port} · ${number}`);
