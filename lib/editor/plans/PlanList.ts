import { type PlanProblem, problemOf } from '../../plans';
import type { Form } from '../Form';
import type { EditorNode, Validate } from '../red';
import { labelOf } from './fields';
import { PlanRow } from './PlanRow';
import type { SavedRow } from './savedRow';

/** The rows of *SIM plans* in a dialog, in an element `.dinstar-plans`. What is wrong in a row is marked and named there. */
export class PlanList {
  private readonly list = $('<div role="list">');
  private rows: PlanRow[] = [];
  /** What is saved instead of rows, such as the name of a variable. */
  private readonly elsewhere: unknown;

  constructor(
    private readonly node: EditorNode,
    form: Form,
    property: string,
  ) {
    const box = form.find('.dinstar-plans').empty().append(this.list);
    const add = $('<button type="button" class="red-ui-button red-ui-button-small dinstar-add-plan">');
    add.append($('<i class="fa fa-plus" aria-hidden="true">'), ' ', document.createTextNode(node._('label.plan.add')));
    add.appendTo(box).on('click', () => {
      this.add({ limits: [{ count: 'sms', per: 'day' }] });
      this.check();
      this.rows[this.rows.length - 1]?.element.find('input').first().trigger('focus');
    });
    const rows = rowsOf(node[property]);
    for (const row of rows ?? []) this.add(row);
    if (rows === undefined) this.elsewhere = node[property];
    box.prepend(
      $('<div class="dinstar-note">').text(
        this.elsewhere ? node._('tip.plansElsewhere', { text: String(this.elsewhere) }) : '',
      ),
    );
    this.check();
  }

  /** What is to be saved: what the rows say, or as it was where that is no rows and none were added. */
  get value(): unknown {
    return this.rows.length === 0 && this.elsewhere !== undefined ? this.elsewhere : this.read();
  }

  private read(): object[] {
    return this.rows.map((row) => row.read());
  }

  private add(saved: SavedRow): void {
    const row = new PlanRow(this.node, saved, {
      onChange: () => this.check(),
      onMove: (moved, by) => this.move(moved, by),
      onRemove: (gone) => {
        this.rows = this.rows.filter((one) => one !== gone);
        gone.element.remove();
        this.check();
      },
    });
    this.rows.push(row);
    this.list.append(row.element);
  }

  private move(row: PlanRow, by: -1 | 1): void {
    const from = this.rows.indexOf(row);
    const other = this.rows[from + by];
    if (!other) return;
    this.rows[from + by] = row;
    this.rows[from] = other;
    if (by < 0) other.element.before(row.element);
    else other.element.after(row.element);
    this.check();
  }

  /** Each row for itself, so that all that are wrong show it; a name that occurs twice shows at the later one. */
  private check(): void {
    const saved = this.read();
    for (const [place, row] of this.rows.entries()) {
      const problem = problemOf([saved[place]]) ?? twiceAt(saved, place);
      row.mark(problem, problem ? joined([labelOf(this.node, problem.field), textOf(this.node, problem)], ': ') : '');
    }
  }
}

/** Saved rows: a list, or the JSON of one; undefined where it is neither, such as a variable. */
function rowsOf(saved: unknown): SavedRow[] | undefined {
  if (Array.isArray(saved)) return saved as SavedRow[];
  if (saved === undefined || saved === null || String(saved).trim() === '') return [];
  try {
    const rows: unknown = JSON.parse(String(saved));
    return Array.isArray(rows) ? (rows as SavedRow[]) : undefined;
  } catch {
    return undefined;
  }
}

function twiceAt(saved: readonly object[], place: number): PlanProblem | undefined {
  const names = saved.slice(0, place + 1).map((row) => ({ name: (row as SavedRow).name }));
  const problem = problemOf(names);
  return problem?.kind === 'twice' && problem.row === place + 1 ? problem : undefined;
}

const TEXTS: Record<PlanProblem['kind'], string> = {
  list: 'error.plan.list',
  row: 'error.plan.row',
  unknown: 'error.plan.unknown',
  missing: 'error.plan.missing',
  text: 'error.plan.text',
  twice: 'error.plan.twice',
  ports: 'error.plan.ports',
  digits: 'error.plan.digits',
  operator: 'error.plan.operator',
  choice: 'error.plan.choice',
  whole: 'error.plan.whole',
  number: 'error.plan.number',
  order: 'error.plan.order',
  time: 'error.plan.time',
  zone: 'error.plan.zone',
  cardSliding: 'error.plan.cardSliding',
  code: 'error.plan.code',
  pattern: 'error.plan.pattern',
  slots: 'error.plan.slots',
  noSlots: 'error.plan.noSlots',
  noDayLimit: 'error.plan.noDayLimit',
};

const textOf = (node: EditorNode, { kind, allowed = '', least = 0, most = 0 }: PlanProblem): string =>
  node._(TEXTS[kind], { allowed, least, most });

const joined = (parts: readonly string[], between: string): string => parts.filter((part) => part !== '').join(between);

/** The validator of a property that holds plans: names the first row that is wrong, and its field. */
export function plansValidator(labelKey: string): Validate {
  // Two parameters: see validator.ts.
  return function (value, _options) {
    const problem = /^\$\{\S+\}$/.test(String(value)) ? undefined : problemOf(value);
    if (problem === undefined) return true;
    const { row, field } = problem;
    const plan = row > 0 ? this._('error.plan.where', { row }) : '';
    return joined([this._(labelKey), joined([plan, labelOf(this, field)], ', '), textOf(this, problem)], ': ');
  };
}
