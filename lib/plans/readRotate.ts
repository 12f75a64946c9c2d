import type { Field } from './fields';
import type { Plan } from './plan';

/** The slots whose cards take turns in a port. */
export function readRotate(given: Field, usedUp: Field): Pick<Plan, 'rotate'> {
  if (given.isEmpty) return usedUp.value === 'rotate' ? usedUp.fail('noSlots') : {};
  const { slots, at } = given.object(['slots', 'at']);
  if (slots.isEmpty) slots.fail('missing');
  const words = Array.isArray(slots.value) ? slots.value.map(String) : slots.text().split(/[,;\s]+/);
  const areSlots = words.length >= 2 && words.every((word) => /^[0-3]$/.test(word));
  if (!areSlots || new Set(words).size < words.length) slots.fail('slots');
  const times = Array.isArray(at.value) ? at.list() : at.isEmpty ? [] : [at];
  return { rotate: { slots: words.map(Number), at: times.map((time) => time.time()) } };
}
