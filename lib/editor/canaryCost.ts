import { isCanaryHours } from '../properties/canaryHours';
import { readCanaryNumbers } from '../properties/canaryNumbers';
import type { Form } from './Form';
import type { Check } from './problem';
import type { EditorNode } from './red';

const HOURS_OF_MONTH = 30 * 24;

/** Says beside the field what test SMS cost, and offers the numbers of SIMs only where there are any. */
export function showCanary(node: EditorNode, form: Form): void {
  form.whenever(['canary'], () => {
    const hours = Number(form.field('canary').val());
    const costs = hours > 0 && isCanaryHours(hours);
    const count = Math.ceil(HOURS_OF_MONTH / hours);
    form
      .find('.dinstar-canary-cost')
      .text(node._(costs ? 'tip.canaryCost' : 'tip.canaryOff', { count: String(count) }));
    form.find('.dinstar-canary-numbers').prop('hidden', !costs);
  });
}

/** What is wrong with the hours between two test SMS. */
export const canaryHours: Check = (text) => (isCanaryHours(text) ? undefined : { key: 'error.hours' });

/** What is wrong with the numbers of SIMs. */
export const canaryNumbers: Check = (text) => {
  const read = readCanaryNumbers(text);
  return 'wrongLine' in read ? { key: 'error.line', values: { line: String(read.wrongLine) } } : undefined;
};
