import { CONDITION_WORDS, CONDITIONS, type Condition, defaultRule } from '../properties/conditions';
import type { EditorNode } from './red';

/** A row as it is saved. */
interface Row {
  condition: Condition;
  threshold: number | undefined;
  hold: number;
  enabled: boolean;
}

const FIELD_LABELS = { threshold: 'label.threshold', hold: 'label.hold' } as const;

const asSaved = (condition: Condition): Row => ({ ...defaultRule(condition), enabled: true });

/** What a node has saved, a row for each condition. */
function rowsOf(node: EditorNode): Row[] {
  const saved = Array.isArray(node.conditions) ? (node.conditions as Partial<Row>[]) : [];
  return CONDITION_WORDS.map((condition) => ({
    ...asSaved(condition),
    ...saved.find((row) => row?.condition === condition),
  }));
}

/** Fills the table of a watch node's dialog: whether each condition counts, from which value on, and for how long. */
export function showConditions(node: EditorNode, table: JQuery): void {
  table.empty().append(headingOf(node));
  for (const { condition, threshold, hold, enabled } of rowsOf(node)) {
    const { unit } = CONDITIONS[condition];
    const id = `dinstar-condition-${condition}`;
    const label = node._(`condition.${condition}`);
    const number = (value: number | undefined, name: keyof typeof FIELD_LABELS): JQuery =>
      $('<input type="text">')
        .attr({ 'data-field': name, 'aria-label': `${label}: ${node._(FIELD_LABELS[name])}` })
        .val(value ?? '');
    const isOnly = 'isOnly' in CONDITIONS[condition];
    $('<div class="form-row">')
      .attr('data-condition', condition)
      .append(
        $('<input type="checkbox">').attr('id', id).prop('checked', enabled),
        $('<label>').attr('for', id).text(label),
        // What somebody has written into the flow stays.
        number(threshold, 'threshold').toggleClass('dinstar-idle', isOnly).prop('disabled', isOnly),
        $('<span class="dinstar-unit">').text(isOnly ? '' : unit),
        number(hold, 'hold'),
        $('<span class="dinstar-unit">').text('s'),
      )
      .appendTo(table);
  }
}

const headingOf = (node: EditorNode): JQuery =>
  $('<div class="form-row dinstar-columns" aria-hidden="true">').append(
    $('<span class="dinstar-condition">').text(node._('label.condition')),
    $('<span class="dinstar-column">').text(node._('label.threshold')),
    $('<span class="dinstar-column">').text(node._('label.hold')),
  );

/** The rows of the table that differ from the defaults. What is no number stays as it is written, for the check to name it. */
export function readConditions(table: JQuery): object[] {
  return table
    .find('[data-condition]')
    .toArray()
    .flatMap((element) => {
      const row = $(element);
      const condition = String(row.attr('data-condition')) as Condition;
      const fallback = asSaved(condition);
      const field = (name: string): string => String(row.find(`[data-field=${name}]`).val() ?? '').trim();
      const read = {
        condition,
        threshold: numberIn(field('threshold'), fallback.threshold),
        hold: numberIn(field('hold'), fallback.hold),
        enabled: row.find('[type=checkbox]').prop('checked') === true,
      };
      return JSON.stringify(read) === JSON.stringify(fallback) ? [] : [read];
    });
}

const numberIn = (text: string, fallback: number | undefined): unknown => {
  if (text === '') return fallback;
  return Number.isNaN(Number(text)) ? text : Number(text);
};

const isNumber = (value: unknown): boolean =>
  value === undefined || (typeof value === 'number' && Number.isFinite(value) && value >= 0);

/** What is wrong with a node's rows, naming the first one; `true` where nothing is. */
export function checkConditions(node: EditorNode, rows: unknown): true | string {
  const wrong = (Array.isArray(rows) ? (rows as Partial<Row>[]) : []).find(
    ({ threshold, hold }) => !isNumber(threshold) || !isNumber(hold),
  );
  return wrong === undefined ? true : `${node._(`condition.${String(wrong.condition)}`)}: ${node._('error.number')}`;
}
