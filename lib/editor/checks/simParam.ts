import { COUNTS, PERIODS } from '../../plans';
import type { Check, Sibling } from '../problem';
import { parsed } from './json';
import { onePort } from './ports';

/** The action that is fixed in the node; empty when a message brings it. */
export const fixedSimAction = (sibling: Sibling): string => (sibling('actionType') === 'str' ? sibling('action') : '');

/** Whether an action may have a param; one that a message brings may. */
export const takesParam = (action: string): boolean => ['', 'rest', 'set'].includes(action);

const isFixed = (sibling: Sibling, property: string): boolean => {
  return ['str', 'num'].includes(sibling(`${property}Type`)) && sibling(property).trim() !== '';
};

/** The port of a SIM; nothing where an ICCID names it, or where all are asked for. */
export const simPort: Check = (value, sibling) => {
  if (value.trim() !== '') return onePort(value, sibling);
  const needsOne = !['', 'usage'].includes(fixedSimAction(sibling));
  const isNone = sibling('iccidType') === 'str' && !isFixed(sibling, 'iccid');
  return needsOne && isNone ? { key: 'error.which' } : undefined;
};

/** An ICCID, or nothing; beside a port it says too much. */
export const iccid: Check = (value, sibling) => {
  const digits = value.trim();
  if (digits === '') return undefined;
  if (!/^\d{6,22}F?$/i.test(digits)) return { key: 'error.iccid' };
  return isFixed(sibling, 'port') ? { key: 'error.both' } : undefined;
};

/** The seconds of a fixed `rest`. */
export const restSeconds: Check = (value, sibling) => {
  if (!takesParam(fixedSimAction(sibling))) return undefined;
  return Number(value) > 0 ? undefined : { key: 'error.rest' };
};

/** What a fixed `set` sets: JSON of `{ count, per, value }`. */
export const usedLimit: Check = (value, sibling) => {
  if (fixedSimAction(sibling) !== 'set') return undefined;
  const { count, per, value: used } = (parsed(value) ?? {}) as Record<string, unknown>;
  const isOne = (words: readonly unknown[], word: unknown): boolean => words.includes(word);
  const isRight = isOne(COUNTS, count) && isOne(PERIODS, per) && Number.isInteger(used) && (used as number) >= 0;
  return isRight ? undefined : { key: 'error.used' };
};

/** A param as a text: nothing fits `rest` and `set`. */
export const noParam: Check = (_value, sibling) => {
  const action = fixedSimAction(sibling);
  if (action === 'rest') return { key: 'error.rest' };
  return action === 'set' ? { key: 'error.used' } : undefined;
};
