import type { Check } from '../problem';
import { parsed } from './json';

/** The steps of a walk as JSON: item names or ids, or `{ "input": "…" }`. */
export const walk: Check = (value) => {
  const steps = parsed(value);
  if (steps === undefined) return { key: 'common.error.json' };
  return Array.isArray(steps) && steps.length > 0 && steps.every(isStep) ? undefined : { key: 'common.error.walk' };
};

function isStep(step: unknown): boolean {
  if (typeof step === 'number') return Number.isSafeInteger(step) && step >= 0;
  if (typeof step === 'string') return step.normalize('NFKC').trim() !== '';
  const input = typeof step === 'object' && step !== null && 'input' in step ? step.input : undefined;
  return (typeof input === 'string' && input !== '') || ['number', 'boolean'].includes(typeof input);
}
