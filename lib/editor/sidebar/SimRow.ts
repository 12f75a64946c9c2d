import type { Level, SidebarSim } from '../../sidebar/snapshot';
import type { Translate } from '../red';
import { make, mark, type Part, say } from './dom';
import { soon } from './times';
import { SIM_COUNTS, SIM_PERIODS } from './words';

type Limit = SidebarSim['used'][number];

/** From this part of a limit on its bar is yellow. */
const NEAR = 0.8;

const partOf = ({ value, max }: Limit): number => (max > 0 ? Math.min(1, value / max) : 1);

/** A SIM: a bar of its tightest limit, and in words what is used and left of each, when that begins anew, rest and balance. */
export class SimRow implements Part<SidebarSim> {
  readonly element: HTMLElement;
  private readonly name = make('b');
  private readonly state = make('span', 'dinstar-badge');
  private readonly gauge = make('div', 'dinstar-gauge');
  private readonly words = make('div', 'dinstar-job-words');

  constructor(private readonly t: Translate) {
    this.element = make('li', '', make('div', 'dinstar-line', this.name, this.state), this.gauge, this.words);
  }

  show(sim: SidebarSim): void {
    const { t } = this;
    const tightest = Math.max(0, ...sim.used.map(partOf));
    say(this.name, [t('label.portName', { port: sim.port }), sim.plan].filter((word) => word !== '').join(', '));
    // What the bar shows is said in words below it.
    this.gauge.style.setProperty('--dinstar-part', `${100 * tightest}%`);
    this.gauge.hidden = sim.used.length === 0;
    mark(this.element, 'data-level', levelOf(sim, tightest));
    say(this.state, this.stateOf(sim));
    this.state.hidden = this.state.textContent === '';
    say(this.words, sim.used.map((limit) => this.limitWords(limit)).join(' · '));
  }

  private stateOf({ resting, balance }: SidebarSim): string {
    const { t } = this;
    const words = [
      ...(resting === undefined ? [] : [t('label.sim.resting', { time: soon(resting, Date.now()) })]),
      ...(balance === undefined
        ? []
        : [balance === null ? t('label.sim.noBalance') : t('label.sim.balance', { balance })]),
    ];
    return words.join(' · ');
  }

  private limitWords({ count, per, value, max, resets }: Limit): string {
    const { t } = this;
    const what = `${t(SIM_COUNTS[count] ?? 'label.sim.count.sms')} / ${t(SIM_PERIODS[per] ?? 'label.sim.per.card')}`;
    const used = t('label.sim.used', { what, value, max, left: Math.max(0, max - value) });
    return resets === undefined ? used : `${used}, ${t('label.sim.resets', { time: soon(resets, Date.now()) })}`;
  }
}

function levelOf({ resting, balance }: SidebarSim, tightest: number): Level {
  if (tightest >= 1) return 'bad';
  return resting !== undefined || balance === null || tightest >= NEAR ? 'waiting' : 'good';
}
