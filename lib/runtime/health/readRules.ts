import { invalidInput } from '../../gateway-api';
import { CONDITION_WORDS, type ConditionRule, defaultRule, isCondition } from '../../properties/conditions';

/**
 * Reads the rows of a `dinstar-watch` node: a condition without a row counts by its defaults, one that is switched off doesn't.
 * Throws `INVALID_INPUT` naming the row, counted from 1.
 */
export function readRules(rows: unknown): ConditionRule[] {
  if (!Array.isArray(rows)) throw invalidInput('conditions', 'must be an array of rows');
  const read = rows.map((row, place) => readRow(row, `conditions, row ${place + 1}`));
  const byCondition = new Map(read.map((row) => [row.condition, row]));
  return CONDITION_WORDS.flatMap((condition) => {
    const { enabled, ...rule } = byCondition.get(condition) ?? { ...defaultRule(condition), enabled: true };
    return enabled ? [rule] : [];
  });
}

type Row = ConditionRule & { enabled: boolean };

function readRow(row: unknown, place: string): Row {
  const wrong = (why: string): Error => invalidInput('conditions', `${place}: ${why}`);
  const { condition, threshold, hold, enabled = true } = (row ?? {}) as Record<string, unknown>;
  if (!isCondition(condition)) throw wrong(`condition must be one of ${CONDITION_WORDS.join(', ')}`);
  const fallback = defaultRule(condition);
  const number = (given: unknown, name: string, orElse: number | undefined): number | undefined => {
    if (given === undefined || given === null || given === '') return orElse;
    const value = Number(given);
    if (!Number.isFinite(value) || value < 0) throw wrong(`${name} must be a number, 0 or more`);
    return value;
  };
  if (!['true', 'false'].includes(String(enabled))) throw wrong('enabled must be true or false');
  return {
    condition,
    threshold: number(threshold, 'threshold', fallback.threshold),
    hold: number(hold, 'hold', fallback.hold) ?? fallback.hold,
    enabled: String(enabled) === 'true',
  };
}
