import fc from 'fast-check';
import type { Held, Stage } from '../../../../lib/store';

// Everything comes from few values, so that calls meet.
export const moment = fc.nat(50);
export const limit = fc.oneof(fc.nat(4), fc.constant(1000));
export const gateway = fc.constantFrom('g1', 'g2');
export const gateways = fc.constantFrom<string[][]>(['g1'], ['g2'], ['g1', 'g2'], ['g2', 'g1', 'g3']);
export const ports = fc.constantFrom<number[][]>([0], [1], [0, 1]);
export const portSet = fc.constantFrom('all', '0', '1', '0,1');
export const text = fc.constantFrom('Hello', '#param#', '');
export const number = fc.constantFrom('+491701234567', '01701234567', '+2', '002');
export const encoding = fc.constantFrom('unicode', 'gsm-7bit');
export const inputId = fc
  .tuple(fc.constantFrom('a', 'b', 'B', 'c'), fc.nat(20))
  .map(([sendRequest, suffix]) => `${sendRequest}${suffix}`);
export const userId = fc.nat(60);
export const pick = fc.nat(200);
export const picks = fc.uniqueArray(pick, { maxLength: 6 });
export const stage = fc.constantFrom<Stage>(
  'waiting',
  'submitting',
  'doubt',
  'gateway',
  'sent',
  'unknown',
  'standby',
  'joined',
  'done',
);
export const undoneStage = stage.filter((one) => one !== 'done');
export const mostly = <T>(arbitrary: fc.Arbitrary<T>, value: T): fc.Arbitrary<T> =>
  fc.oneof({ weight: 2, arbitrary: fc.constant(value) }, { weight: 1, arbitrary });

export const held: Held = { by: 'schedule', until: 7, text: 'later' };
