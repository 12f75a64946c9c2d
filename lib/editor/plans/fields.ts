import type { EditorNode } from '../red';
import type { CellDefinition } from './cells';

const number = (path: string, label: string, more: Partial<CellDefinition> = {}): CellDefinition => ({
  ...{ path, label, isNumber: true },
  ...more,
});

/** Which SIMs a plan is for. */
export const MATCH: readonly CellDefinition[] = [
  { path: 'match.ports', label: 'label.plan.ports', placeholder: 'placeholder.plan.any' },
  { path: 'match.operator', label: 'label.plan.operator', placeholder: 'placeholder.plan.any' },
  { path: 'match.iccid', label: 'label.plan.iccid', placeholder: 'placeholder.plan.any' },
  { path: 'match.imsi', label: 'label.plan.imsi', placeholder: 'placeholder.plan.any' },
];

/** How much may be sent in a time. */
export const LIMIT: readonly CellDefinition[] = [
  number('max', 'label.plan.max'),
  {
    path: 'count',
    label: 'label.plan.count',
    words: {
      '': 'option.plan.choose',
      sms: 'option.plan.sms',
      segments: 'option.plan.segments',
      recipients: 'option.plan.recipients',
    },
  },
  {
    path: 'per',
    label: 'label.plan.per',
    words: {
      '': 'option.plan.choose',
      minute: 'option.plan.minute',
      hour: 'option.plan.hour',
      day: 'option.plan.day',
      week: 'option.plan.week',
      month: 'option.plan.month',
      card: 'option.plan.card',
    },
  },
  {
    path: 'reset',
    label: 'label.plan.reset',
    words: { '': 'option.plan.usual', calendar: 'option.plan.calendar', sliding: 'option.plan.sliding' },
  },
  { path: 'at', label: 'label.plan.at', example: '00:00' },
  number('day', 'label.plan.onDay', { example: '1' }),
  { path: 'zone', label: 'label.plan.zone', placeholder: 'placeholder.plan.gatewayZone', isZone: true },
];

/** What else a plan says, the defaults as placeholders. */
export const MORE: readonly CellDefinition[] = [
  number('pause.min', 'label.plan.pauseMin', { example: '0' }),
  number('pause.max', 'label.plan.pauseMax', { placeholder: 'placeholder.plan.same' }),
  number('reserve.percent', 'label.plan.reserve', { example: '10' }),
  number('reserve.least', 'label.plan.least', { example: '1' }),
  number('overdraft', 'label.plan.overdraft', { example: '0' }),
  {
    path: 'usedUp',
    label: 'label.plan.usedUp',
    words: { wait: 'option.plan.wait', rotate: 'option.plan.rotate', fail: 'option.plan.fail' },
  },
  {
    path: 'sticky.mode',
    label: 'label.plan.sticky',
    words: { prefer: 'option.plan.prefer', always: 'option.plan.always', off: 'option.plan.off' },
  },
  number('sticky.days', 'label.plan.stickyDays', { example: '30' }),
  number('ramp.start', 'label.plan.rampStart', { placeholder: 'placeholder.plan.off' }),
  number('ramp.grow', 'label.plan.rampGrow', { example: '25' }),
];

/** How a SIM's credit is learned, and what is done about it. */
export const CREDIT: readonly CellDefinition[] = [
  { path: 'balance.ussd', label: 'label.plan.balanceBy', placeholder: 'placeholder.plan.off' },
  number('balance.every', 'label.plan.every', { example: '24' }),
  number('balance.warnBelow', 'label.plan.warnBelow', { placeholder: 'placeholder.plan.off' }),
  number('balance.stopBelow', 'label.plan.stopBelow', { placeholder: 'placeholder.plan.off' }),
  {
    path: 'balance.readType',
    label: 'label.plan.readType',
    words: { re: 'option.plan.re', jsonata: 'option.plan.jsonata' },
  },
  { path: 'balance.read', label: 'label.plan.read', placeholder: 'placeholder.plan.firstNumber' },
];

/** Which slots of a port take turns. */
export const ROTATE: readonly CellDefinition[] = [
  { path: 'rotate.slots', label: 'label.plan.slots', placeholder: 'placeholder.plan.off' },
  { path: 'rotate.at', label: 'label.plan.rotateAt', placeholder: 'placeholder.plan.off', isList: true },
];

/** The label of a field that a check has named by its path, with the limit that it is of. */
export function labelOf(node: EditorNode, path: string): string {
  const [, place, own] = /^limits\[(\d+)\]\.?(.*)$/.exec(path) ?? [];
  const limit = place === undefined ? '' : node._('label.plan.limitNumber', { number: Number(place) + 1 });
  const definition = [...LIMIT, ...MATCH, ...MORE, ...CREDIT, ...ROTATE].find(
    (one) => one.path === asField(own ?? path),
  );
  const label = definition ? node._(definition.label) : (own ?? path);
  return [limit, label].filter((part) => part !== '').join(', ');
}

/** Of a place in a list the field that holds the whole list. */
export const asField = (path: string): string => path.replace(/\[\d+\]$/, '');
