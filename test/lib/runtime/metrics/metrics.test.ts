import should from 'should';
import type { ConditionEvent, GatewayFacts } from '../../../../lib/messaging';
import * as library from '../../../../lib/runtime/metrics/library';
import { Metrics } from '../../../../lib/runtime/metrics/Metrics';
import type { SmsStatus, StoredInput, StoredSms } from '../../../../lib/store';
import { alertQuestions, dashboardQuestions } from '../../../support/monitoring';

const NUMBER = '+4366412345678';
const TEXT = 'The secret of the farm';

const facts: GatewayFacts = {
  ids: ['g1'],
  gateway: {
    health: { sims: { ports: new Map([[3, true]]) }, signals: new Map([[3, 21]]) },
  } as unknown as GatewayFacts['gateway'],
  silent: 0,
  waiting: { high: 1, normal: 2, low: 3 },
  oldest: { high: 4, normal: 5, low: 6 },
  inGateway: 7,
  inDoubt: 8,
  canary: { failures: 1, seconds: 12, arrivedAt: 1_700_000_001_000 },
  pushedAt: 1_700_000_000_000,
  isDurable: true,
  sims: [{ port: 3, iccid: '8943', used: [{ count: 'sms', per: 'day', value: 9, max: 10 }], balance: 1.5 }],
};

const input = { id: 'i', gateway: 'g1', taken_at: 1000 } as StoredInput;

const sms = (...statuses: SmsStatus[]): StoredSms =>
  ({
    id: 1,
    number: NUMBER,
    text: TEXT,
    status: statuses.at(-1),
    history: statuses.map((status, place) => ({ status, at: 2000 + place * 1000, by: 'push' })),
  }) as Partial<StoredSms> as StoredSms;

describe('the metrics', () => {
  let known: GatewayFacts[];
  let reasons: Partial<ConditionEvent>[];
  let metrics: Metrics;
  beforeEach(() => {
    [known, reasons] = [[facts], []];
    const node = { id: 'g1', properties: { name: 'farm' } };
    metrics = new Metrics({
      library,
      nodes: { all: () => [node], get: (id: string) => (id === 'g1' ? node : undefined) } as never,
      getFacts: () => known,
      getReasons: () => reasons as ConditionEvent[],
    });
  });

  const lines = async (): Promise<string[]> => (await metrics.text()).split('\n');

  it('have each counter from the start on, so that the first SMS of a kind is seen as a step', async () => {
    const all = await lines();
    for (const status of ['QUEUED', 'DELIVERED', 'FAILED', 'WITHHELD', 'UNKNOWN'])
      should(all).containEql(`dinstar_sms_total{gateway="farm",status="${status}"} 0`);
    should(all).containEql('dinstar_incoming_total{gateway="farm"} 0');
    should(all).containEql('dinstar_conditions_raised{gateway="farm",condition="canary"} 0');
    should(all).containEql('dinstar_conditions_raised{condition="store-not-durable"} 0');
  });

  it('count an SMS once for each status that it comes to, and once as taken, whatever else is told of it', async () => {
    metrics.taken('g1', 2);
    metrics.moved(input, sms('ACCEPTED', 'QUEUED'));
    metrics.moved(input, sms('ACCEPTED'));
    metrics.moved(input, sms('ACCEPTED', 'SENT_OK'));
    metrics.moved(input, sms('ACCEPTED', 'SENT_OK', 'DELIVERED'));
    const all = await lines();
    should(all).containDeep([
      'dinstar_sms_total{gateway="farm",status="QUEUED"} 2',
      'dinstar_sms_total{gateway="farm",status="ACCEPTED"} 1',
      'dinstar_sms_total{gateway="farm",status="SENT_OK"} 1',
      'dinstar_sms_total{gateway="farm",status="DELIVERED"} 1',
      'dinstar_sms_segments_total{gateway="farm"} 1',
      'dinstar_stage_seconds_sum{gateway="farm",stage="waited"} 1',
      'dinstar_stage_seconds_sum{gateway="farm",stage="sent"} 1',
      'dinstar_stage_seconds_sum{gateway="farm",stage="delivered"} 1',
    ]);
  });

  it('count an incoming SMS once, though a push brings it and a node reads it', async () => {
    const one = { incoming_sms_id: 4, port: 2, number: NUMBER, smsc: '', text: TEXT, timestamp: '2026-11-29 10:00:00' };
    metrics.incoming('g1', [one]);
    metrics.incoming('g1', [one, { ...one, incoming_sms_id: 5 }, { ...one, port: 3 }]);
    should(await lines()).containEql('dinstar_incoming_total{gateway="farm"} 3');
  });

  it('show what is raised by the words of the watch, of SIMs how many', async () => {
    reasons = [
      { condition: 'sim-resting', gateway: 'g1', sim: { port: 1 } },
      { condition: 'sim-resting', gateway: 'g1', sim: { port: 2 } },
      { condition: 'store-not-durable', gateway: undefined },
    ];
    const all = await lines();
    should(all).containEql('dinstar_conditions_raised{gateway="farm",condition="sim-resting"} 2');
    should(all).containEql('dinstar_conditions_raised{condition="store-not-durable"} 1');
    should(all).containEql('dinstar_conditions_raised{gateway="farm",condition="clock-off"} 0');
    reasons = [];
    should(await lines()).containEql('dinstar_conditions_raised{gateway="farm",condition="sim-resting"} 0');
  });

  it('leave out what is not known, and a gateway that is gone', async () => {
    known = [{ ids: ['g1'], gateway: facts.gateway, isDurable: true, sims: undefined }];
    should((await metrics.text()).match(/^dinstar_(?:waiting|in_doubt|gateway_up|sim_used)\{.*$/gm)).equal(null);
    known = [];
    should((await metrics.text()).match(/^dinstar_(?:port_ready|store_durable|conditions_raised)\b.*$/gm)).equal(null);
  });

  it('have neither a number nor a text nor a card in them, and no more labels than are listed', async () => {
    metrics.moved(input, sms('ACCEPTED', 'SENT_OK'));
    metrics.moved(input, { ...sms('WITHHELD'), error: { code: 'LOOP', message: TEXT } } as StoredSms);
    const text = await metrics.text();
    should(text).not.match(/4366412345678|secret|8943/);
    const names = [...text.matchAll(/^\w+\{([^}]*)\}/gm)].flatMap(([, all = '']) => all.match(/\w+(?==)/g) ?? []);
    should([...new Set(names)].sort()).eql(
      ['gateway', 'status', 'priority', 'port', 'stage', 'le', 'code', 'count', 'per', 'condition'].sort(),
    );
  });

  for (const [what, questions] of [
    ['the Grafana dashboard', dashboardQuestions()],
    ['the alert rules', alertQuestions()],
  ] as const) {
    it(`have all names and labels that are asked for by ${what}`, async () => {
      metrics.moved(input, { ...sms('WITHHELD'), error: { code: 'LOOP', message: TEXT } } as StoredSms);
      metrics.moved(input, sms('ACCEPTED'));
      const text = await metrics.text();
      const there = new Map<string, Set<string>>();
      for (const [, name = '', labels = ''] of text.matchAll(/^(\w+)(?:\{([^}]*)\})? \S+$/gm))
        there.set(name, new Set([...(there.get(name) ?? []), ...(labels.match(/\w+(?==")/g) ?? [])]));
      should(questions.length).be.above(10);
      const missing = questions.flatMap(({ by, expr }) => missingIn(there, expr).map((what) => `${by}: ${what}`));
      should(missing).eql([]);
    });
  }
});

/** Names and labels of metrics that are asked for and aren't there, each with its labels. */
function missingIn(there: ReadonlyMap<string, ReadonlySet<string>>, expr: string): string[] {
  const asked = [...expr.matchAll(/\b(dinstar_\w+)(?:\{([^}]*)\})?/g)];
  if (asked.length === 0 && !expr.includes('up{')) return [expr];
  const labelsOf = (name = ''): ReadonlySet<string> => there.get(name) ?? new Set();
  const known = new Set(asked.flatMap(([, name]) => [...labelsOf(name)]));
  const grouped = [...expr.matchAll(/\b(?:by|on) \(([^)]*)\)/g)].flatMap(([, all = '']) => all.split(', '));
  return [
    ...asked.flatMap(([, name = '']) => (there.has(name) ? [] : name)),
    ...asked.flatMap(([, name, matchers = '']) =>
      (matchers.match(/\w+(?=[=!])/g) ?? []).filter((label) => !labelsOf(name).has(label)),
    ),
    ...grouped.filter((label) => !known.has(label)),
  ];
}
