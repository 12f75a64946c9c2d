import type { PlanProblem } from '../../plans';
import type { EditorNode } from '../red';
import { BalanceTrial } from './BalanceTrial';
import { type CellDefinition, cell } from './cells';
import { asField, CREDIT, LIMIT, MATCH, MORE, ROTATE } from './fields';
import { listOf, put, type SavedRow, valueAt, withLongForms } from './savedRow';

/** What a row asks of the list that it is in. */
interface Around {
  onChange: () => void;
  onMove: (row: PlanRow, by: -1 | 1) => void;
  onRemove: (row: PlanRow) => void;
}

/** One plan in the dialog: its name, which SIMs it is for, its limits as sub-rows, and what is folded away. */
export class PlanRow {
  readonly element = $('<div class="dinstar-plan" role="listitem">');
  private readonly limits = $('<div class="dinstar-limits" role="list">');
  private readonly more = $('<details>');
  private readonly credit = $('<details>');
  private readonly rotation = $('<details>');
  private readonly trial: BalanceTrial;
  private readonly problem = $('<div class="dinstar-plan-problem" role="status">');

  constructor(
    private readonly node: EditorNode,
    saved: SavedRow,
    private readonly around: Around,
  ) {
    const { element, limits, more } = this;
    element.append(this.head(saved), this.grid(MATCH, saved), this.heading('label.plan.limits'), limits);
    for (const limit of listOf(saved.limits)) this.addLimit(limit);
    element.append(
      this.button('fa-plus', 'label.plan.addLimit', () => this.addLimit({ count: 'sms', per: 'day' }).focus()),
    );
    this.fold(more, 'label.plan.more', MORE, withLongForms(saved));
    this.fold(this.credit, 'label.plan.credit', CREDIT, saved);
    this.trial = new BalanceTrial(node, () => ({
      read: this.text('balance.read'),
      readType: this.text('balance.readType'),
    }));
    this.credit.append(this.trial.element);
    this.credit.on('change keyup paste', '[data-path^="balance.read"]', () => this.trial.soon());
    this.fold(this.rotation, 'label.plan.rotation', ROTATE, saved);
    element.append(more, this.credit, this.rotation, this.problem);
    element.on('input change', 'input, select', () => setTimeout(around.onChange, 0));
  }

  /** What it says, without what is at its default. */
  read(): Record<string, unknown> {
    const read: Record<string, unknown> = {};
    const name = String(this.element.find('[data-path=name]').val() ?? '').trim();
    if (name !== '') read.name = name;
    for (const definition of [...MATCH, ...MORE, ...CREDIT, ...ROTATE])
      put(read, definition, this.field(definition.path));
    const limits = this.limitRows().map((row) => {
      const limit: Record<string, unknown> = {};
      for (const definition of LIMIT) put(limit, definition, row.find(`[data-path="${definition.path}"]`));
      return limit;
    });
    return limits.length > 0 ? { ...read, limits } : read;
  }

  /** Marks the field that is wrong, and says so below; nothing = all is well. */
  mark(problem: PlanProblem | undefined, text: string): void {
    this.element.find('.input-error').removeClass('input-error').removeAttr('aria-invalid');
    this.problem.text(text);
    if (!problem) return;
    this.fieldOf(problem.field).addClass('input-error').attr('aria-invalid', 'true');
    this.element.find('details').has('.input-error').prop('open', true);
  }

  private fieldOf(path: string): JQuery {
    const [, place, own = ''] = /^limits\[(\d+)\]\.?(.*)$/.exec(path) ?? [];
    if (place !== undefined) {
      const row = this.limitRows()[Number(place)] ?? $();
      const field = row.find(`[data-path="${own}"]`);
      return field.length > 0 ? field : row;
    }
    const field = this.field(asField(path));
    // What is wrong with a whole group is shown at its first field.
    return field.length > 0 ? field : this.element.find(`[data-path^="${path}."]`).first();
  }

  private head(saved: SavedRow): JQuery {
    const { node, around } = this;
    const name = $('<input type="text" data-path="name">').val(String(saved.name ?? ''));
    name.attr({ 'aria-label': node._('label.plan.name'), placeholder: node._('label.plan.name') });
    return $('<div class="dinstar-plan-head">').append(
      name,
      this.iconButton('fa-arrow-up', 'label.plan.up', () => around.onMove(this, -1)),
      this.iconButton('fa-arrow-down', 'label.plan.down', () => around.onMove(this, 1)),
      this.iconButton('fa-remove', 'label.plan.remove', () => around.onRemove(this)),
    );
  }

  /** A part that is folded away as long as it says nothing. */
  private fold(part: JQuery, key: string, definitions: readonly CellDefinition[], saved: SavedRow): void {
    part.append($('<summary>').append(icon('fa-angle-right'), ' ', textOf(this.node._(key))));
    part.append(this.grid(definitions, saved));
    if (definitions.some(({ path }) => valueAt(saved, path) !== undefined)) part.prop('open', true);
  }

  private text(path: string): string {
    return String(this.field(path).val() ?? '');
  }

  private heading(key: string): JQuery {
    return $('<div class="dinstar-plan-heading">').text(this.node._(key));
  }

  private grid(definitions: readonly CellDefinition[], saved: SavedRow): JQuery {
    const cells = definitions.map((definition) => cell(this.node, definition, valueAt(saved, definition.path)));
    return $('<div class="dinstar-cells">').append(...cells);
  }

  private addLimit(saved: SavedRow): { focus(): void } {
    const row = $('<div class="dinstar-limit" role="listitem">').append(this.grid(LIMIT, saved));
    const remove = this.iconButton('fa-remove', 'label.plan.removeLimit', () => {
      row.remove();
      this.around.onChange();
    });
    row.append(remove).appendTo(this.limits);
    this.around.onChange();
    return { focus: () => void row.find('input').first().trigger('focus') };
  }

  private limitRows(): JQuery[] {
    return this.limits
      .children()
      .toArray()
      .map((element) => $(element));
  }

  private field(path: string): JQuery {
    return this.element.find(`[data-path="${path}"]`);
  }

  private button(name: string, key: string, onClick: () => void): JQuery {
    const button = $('<button type="button" class="red-ui-button red-ui-button-small">');
    return button.append(icon(name), ' ', textOf(this.node._(key))).on('click', onClick);
  }

  private iconButton(name: string, key: string, onClick: () => void): JQuery {
    const label = this.node._(key);
    const button = $('<button type="button" class="red-ui-button red-ui-button-small">').append(icon(name));
    return button.attr({ 'aria-label': label, title: label }).on('click', onClick);
  }
}

const icon = (name: string): JQuery => $('<i class="fa" aria-hidden="true">').addClass(name);
const textOf = (text: string): Text => document.createTextNode(text);
