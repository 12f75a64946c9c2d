import { type Example, examples } from '../../support/examples';
import type { FlowNode } from '../../support/node-red';

/** An example, or what becomes of it when some of its nodes are set otherwise. */
interface Telling {
  name: string;
  /** The example's name. */
  of: string;
  /** Properties that differ, by the node's name. */
  but: Record<string, Record<string, unknown>>;
}

// A test has no minutes to wait: what is told of them is told of seconds, enough of them for a busy machine.
const A_MINUTE = { duration: '20', units: 's' };
const SETTLE = { settle: 10 };
const OFTEN = { interval: 2 };

// Whatever the hour of the test: hours that are always, and such as open in three days.
const ALWAYS = [{ days: [1, 2, 3, 4, 5, 6, 7], from: '00:00', to: '00:00', zone: '' }];
const inThreeDays = ((new Date().getUTCDay() + 2) % 7) + 1;
const LATER = [{ days: [inThreeDays], from: '12:00', to: '13:00', zone: 'UTC' }];

const ALARM = 'stories/alarm with fallback';
const BULK = 'stories/bulk by plan';
const CAMPAIGN = 'stories/campaign within hours';
const ALERTMANAGER = 'from what you have/Alertmanager';
const WATCH = 'stories/SIM watch';
const numbers = (number: string, next: string, after = 300): Record<string, unknown> => ({
  rules: [
    { t: 'set', p: 'to', pt: 'msg', to: JSON.stringify({ number, else: [next], after }), tot: 'json' },
    { t: 'set', p: 'alarm', pt: 'msg', to: 'payload', tot: 'msg' },
  ],
});

const OTHERWISE: readonly Telling[] = [
  {
    name: 'the alarm whose report never comes',
    of: ALARM,
    but: { 'whom to tell': numbers('+999 000005', '+999 1234567', 10) },
  },
  { name: 'the alarm with a wrong number', of: ALARM, but: { 'whom to tell': numbers('Anna', '+999 1234567') } },
  {
    name: 'the alarm that reaches the first number',
    of: ALARM,
    but: { 'whom to tell': numbers('+999 1234567', '+999 000001') },
  },
  {
    name: 'the alarm that nobody takes',
    of: ALARM,
    but: {
      'whom to tell': numbers('Anna', 'Ben'),
      webhook: { url: 'http://127.0.0.1:1880/nowhere' },
      'in a minute': { timeout: '20', timeoutUnits: 'milliseconds' },
    },
  },
  { name: 'a storm of alerts', of: ALERTMANAGER, but: { tell: { collect: '20' } } },
  {
    name: 'the campaign that is started outside its hours',
    of: CAMPAIGN,
    but: { hello: { window: LATER, spread: '0', progress: '1' } },
  },
  {
    name: 'the SIM that was lost before the watch began',
    of: WATCH,
    but: {
      'what changes': { d: true },
      'every 10 minutes': { once: false },
      'lost for a minute': { duration: '1', units: 's' },
      'reset its port': { settle: 5 },
    },
  },
];

// A dashboard is tried in a browser.
const runnable = examples.filter(({ needs }) => needs !== '@flowfuse/node-red-dashboard');

const IN_SECONDS: Record<string, Telling['but']> = {
  [WATCH]: { 'lost for a minute': A_MINUTE, 'reset its port': SETTLE, 'what changes': OFTEN },
  // What the input says when its wait ends: by then all that may leave must have left.
  [BULK]: { bulk: { wait: '45' } },
  [CAMPAIGN]: { hello: { window: ALWAYS, spread: '30', progress: '1' } },
  // Each document is looked at by itself.
  ...Object.fromEntries(
    ['Alertmanager', 'Grafana', 'Uptime Kuma', 'Home Assistant'].map((name) => [
      `from what you have/${name}`,
      { tell: { collect: '0' } },
    ]),
  ),
  watch: { watch: { conditions: [{ condition: 'no-ready-sim', threshold: 1, hold: 0, enabled: true }] } },
};
const AS_THEY_ARE: readonly Telling[] = runnable.map(({ name }) => ({
  name,
  of: name,
  but: IN_SECONDS[name] ?? {},
}));

/** Every example, and what may become of some of them. */
export const told: readonly Example[] = [...AS_THEY_ARE, ...OTHERWISE].map(tell);

function tell({ name, of, but }: Telling): Example {
  const story = runnable.find((one) => one.name === of) as Example;
  const missing = Object.keys(but).filter((node) => !story.nodes.some((one) => one.name === node));
  if (missing.length > 0) throw new Error(`${of} has no node ${missing}`);
  const nodes = name === of ? story.nodes : asCopy(story.nodes, name);
  return { ...story, name, nodes: nodes.map((node) => ({ ...node, ...but[String(node.name)] })) };
}

/** The nodes with ids and addresses of their own, as the editor makes them of what is imported a second time. */
function asCopy(nodes: readonly FlowNode[], name: string): FlowNode[] {
  const word = name.replace(/\W+/g, '-');
  const ids = new Set(nodes.flatMap(({ id, z }) => [id, ...(z === undefined ? [] : [String(z)])]));
  const renamed = (json: string, id: string): string => json.replaceAll(`"${id}"`, `"${id} ${word}"`);
  const text = [...ids].reduce(renamed, JSON.stringify(nodes));
  const addresses = nodes.filter(({ type }) => type === 'http in').map(({ url }) => String(url));
  if (addresses.length === 0) return JSON.parse(text) as FlowNode[];
  // The longest first: one may be how another begins.
  const any = new RegExp(addresses.sort((one, other) => other.length - one.length).join('|'), 'g');
  return JSON.parse(text.replace(any, (address) => `/${word}${address}`)) as FlowNode[];
}
