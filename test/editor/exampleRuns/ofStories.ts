import should from 'should';
import type { TriedExample } from '../../support/TriedExample';

const OWNER = /^\+?9991234567$/;
const HEARD = 'somebody has it';

/** For each story, and each way it may go: what happens, and what is then to be seen. */
export const ofStories: Record<string, (story: TriedExample) => Promise<void>> = {
  'stories/alarm with fallback': async (story) => {
    await story.press('pump 3 fails');
    await story.shows('webhook has it', /Pump 3 has failed/);
    await story.shows('webhook got', /alarm: 'Pump 3 has failed'[\s\S]*?'\+999 000002', '\+999 000001'/);
    should((await story.sent()).map(({ number }) => number)).eql(['+999000002', '+999000001']);
    for (const debug of [HEARD, 'nobody was told']) should(story.timesShown(debug)).equal(0, debug);
  },
  'the alarm whose report never comes': async (story) => {
    await story.press('pump 3 fails');
    await story.shows(HEARD, /ok: true[\s\S]*?tried: \[\s*\{\s*number: '\+999000005'/);
    should((await story.sent()).map(({ number }) => number)).eql(['+999000005', '+9991234567']);
    should(story.timesShown('webhook has it')).equal(0);
  },
  'the alarm with a wrong number': async (story) => {
    await story.press('pump 3 fails');
    await story.shows('webhook has it', /Pump 3 has failed/);
    should(await story.sent()).eql([]);
  },
  'the alarm that reaches the first number': async (story) => {
    await story.press('pump 3 fails');
    await story.shows(HEARD, /ok: true/);
    should(await story.sent()).have.length(1);
  },
  'the alarm that nobody takes': async (story) => {
    await story.press('pump 3 fails');
    await story.shows('nobody was told', /tries: 60/);
    should(story.timesShown('webhook has it')).equal(0);
  },
  'stories/bulk by plan': async (story) => {
    await story.happens('operator', { rules: [{ count: 'sms', per: 'day', max: 2 }] }, 'plans');
    await story.press('newsletter');
    await story.until('8 of 12', async () => (await story.sent('plans')).length === 8);
    await story.press('alarm');
    await story.shows('alarm is out', /ok: true/);
    const sent = await story.sent('plans');
    should(sent.map(({ number }) => number).slice(8)).eql(['+99970200099']);
    const ports = sent.slice(0, 8).map(({ port }) => port[0]);
    should(ports.sort()).eql([0, 1, 2, 3, 4, 5, 6, 7]);
    await story.shows('bulk waits', /total: 12[\s\S]*?by: 'sim-limit'/);
    await story.shows('event', /event: 'limit-100'/);
    await story.press('how the SIMs stand');
    await story.shows('SIMs', /value: 2/);
    should(await story.sees('judgements', 'plans')).eql([]);
  },
  'stories/keyword reply': async (story) => {
    await isListening(story);
    await story.press('write STATUS', 'write HELP', 'write something else');
    await story.until('both answers', async () => (await textsAt(story, 0)).length >= 2);
    should((await textsAt(story, 0)).sort()).eql([
      'All pumps run. Tank 1 is 71 % full.',
      'Write STATUS to learn how the plant is.',
    ]);
    await story.shows('no keyword', /Good morning/);
    // A machine that writes back to every answer.
    for (let times = 1; times <= 7; times += 1) {
      await story.happens('incoming', { port: 3, number: '99970200011', text: `status ${times}` });
    }
    await story.happens('incoming', { port: 3, number: 'BANK', text: 'STATUS' });
    await story.happens('incoming', { port: 3, number: '70700', text: 'STATUS' });
    await story.until('five answers', async () => (await answersTo(story, '99970200011')).length >= 5);
    await story.until('what is held back', async () => story.timesShown('held back') >= 4);
    should((await answersTo(story, '99970200011')).map(({ port }) => port)).eql([[3], [3], [3], [3], [3]]);
    should(await answersTo(story, '70700')).eql([]);
    should(story.timesShown('held back')).equal(4);
  },
  'stories/texts from a CSV file': async (story) => {
    await story.press('send with a gap');
    await story.shows(
      'error',
      /To \(msg\.payload\[1\]\.name\): is missing, and the text has \{\{name\}\} \(recipient \+9991234572\)/,
    );
    should(await story.sent()).eql([]);
    await story.press('send');
    await story.shows('reached', /ok: true/);
    should((await story.sent()).map(({ number, text }) => [number, text]).sort()).eql([
      ['+9991234571', 'Hallo Anna, Ihr Termin ist um 09:15.'],
      ['+9991234572', 'Dear Ben, your appointment is at 10:30.'],
      ['+9991234573', 'Bonjour Chloé "Clo" Martin, votre rendez-vous est à 11:45.'],
    ]);
    should(story.timesShown('not reached')).equal(0);
  },
  'stories/one reply flow for many gateways': async (story) => {
    const gateways = ['North', 'South', 'East'];
    await isListening(story, ...gateways.map((name) => name.toLowerCase()));
    await story.press(...gateways.map((name) => `write to ${name}`));
    for (const name of gateways) {
      const gateway = name.toLowerCase();
      await story.until(`the answer of ${name}`, async () => (await textsAt(story, 0, gateway)).length > 0);
      should(await textsAt(story, 0, gateway)).eql([`${name}, port 1: all is well.`]);
    }
    should(story.timesShown('held back')).equal(0);
  },
  'stories/balance of every SIM': async (story) => {
    await story.press('now');
    await story.shows('balances', /Port 0 \| 12\.34[\s\S]*?Port 7 \| 12\.34/);
    should(await story.sent()).eql([]);
    await story.happens('port', { port: 6, action: 'loseSim' });
    await story.press('now');
    await story.shows('balances', /Port 5 \| 12\.34[^\n]*\nPort 6 \| \? \| not registered/);
    await story.shows('owner knows', /ok: true/);
    const [told, ...more] = await story.sent();
    should(told?.number).match(OWNER);
    should(told?.text).equal('SIMs that need care\nport 6: ? (not registered)');
    should(more).eql([]);
  },
  'stories/SIM watch': async (story) => {
    // What is so at a watch's first look is nothing that has changed.
    const looks = async () => (await requestsTo(story, '/api/get_port_info')).length;
    await story.until('the first looks', async () => (await looks()) > 4);
    await story.press('switch off port 3');
    await story.happens('port', { port: 4, action: 'loseSim' });
    await story.happens('port', { port: 5, action: 'unregister' });
    await story.until('a look at port 5', await nextLook(story));
    await story.happens('port', { port: 5, action: 'register' });
    await story.shows('it is back', /port: 3,[\s\S]*?reg: 'REGISTER_OK'/);
    await story.shows('owner knows', /ok: true/);
    should((await story.sent()).map(({ text }) => text)).eql([LOST_PORT_4]);
    should(await resetsOf(story)).eql([3, 4]);
  },
  'the SIM that was lost before the watch began': async (story) => {
    await story.happens('port', { port: 4, action: 'loseSim' });
    await story.press('every 10 minutes');
    await story.shows('owner knows', /ok: true/);
    // It isn't told again: port 6 would be reset after it.
    await story.press('every 10 minutes');
    await story.happens('port', { port: 6, action: 'loseSim' });
    await story.press('every 10 minutes');
    await story.until('a second SMS', async () => (await story.sent()).length > 1);
    should((await story.sent()).map(({ text }) => text)).eql([LOST_PORT_4, LOST_PORT_4.replace('4', '6')]);
    should(await resetsOf(story)).eql([4, 6]);
  },
};

const LOST_PORT_4 = 'Port 4 of Simulated gateway is lost (NO_SIM). A reset was no help.';

/** What came in at a port of the simulated gateway. */
async function textsAt(story: TriedExample, port: number, gateway?: string): Promise<string[]> {
  type Incoming = { port: number; text: string };
  const { incoming } = await story.sees<{ incoming: Incoming[] }>('state', gateway);
  return incoming.filter((sms) => sms.port === port).map(({ text }) => text);
}

/** Resolves when each of its `receive sms` nodes has looked: what comes from now on is new to it. */
async function isListening(story: TriedExample, ...gateways: string[]): Promise<void> {
  for (const gateway of gateways.length > 0 ? gateways : [undefined]) {
    await story.until('a look at the inbox', async () => {
      return (await requestsTo(story, '/api/query_incoming_sms', gateway)).length > 0;
    });
  }
}

const answersTo = async (story: TriedExample, to: string) =>
  (await story.sent()).filter(({ number }) => number.replace('+', '') === to);

/** Answers whether the gateway was asked for its ports since. */
async function nextLook(story: TriedExample): Promise<() => Promise<boolean>> {
  const looks = async () => (await requestsTo(story, '/api/get_port_info')).length;
  const before = await looks();
  return async () => (await looks()) > before;
}

/** The ports that were reset, in their order. */
async function resetsOf(story: TriedExample): Promise<number[]> {
  const all = await requestsTo(story, '/api/set_port_info');
  const resets = all.map(({ query }) => new URLSearchParams(query)).filter((query) => query.get('action') === 'reset');
  return resets.map((query) => Number(query.get('port'))).sort();
}

async function requestsTo(
  story: TriedExample,
  path: string,
  gateway?: string,
): Promise<{ path: string; query: string }[]> {
  const all = await story.sees<{ path: string; query: string }[]>('requests', gateway);
  return all.filter((request) => request.path === path);
}
