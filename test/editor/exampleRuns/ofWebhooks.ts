import should from 'should';
import type { TriedExample } from '../../support/TriedExample';
import * as documents from './documents';

const PEOPLE = ['+9991234567', '+9991234568'];

/** Calls an example's webhook, and answers with what the phones got of it: one text for all. */
async function told(example: TriedExample, httpIn: string, body: unknown): Promise<string> {
  const before = (await example.sent()).length;
  const answer = await example.askJson(httpIn, body);
  should(answer).match({ status: 200, body: { ok: true } });
  await example.until('an SMS to each', async () => (await example.sent()).length >= before + PEOPLE.length);
  const sent = (await example.sent()).slice(before);
  should(sent.map(({ number }) => number).sort()).eql(PEOPLE);
  should(new Set(sent.map(({ text }) => text)).size).equal(1);
  return String(sent[0]?.text);
}

/** The button sends, and what isn't JSON or a document that says nothing is refused. */
async function sendsOnlyWhatSaysSomething(example: TriedExample, httpIn: string, ...empty: unknown[]): Promise<void> {
  // An outcome that is shown may still be that of a call before: only what was sent tells that the button was heard.
  const before = (await example.sent()).length + PEOPLE.length;
  await example.press('try it');
  await example.until('what the button sends', async () => (await example.sent()).length >= before);
  const form = await example.ask(httpIn, { body: new URLSearchParams({ message: 'x', msg: 'x' }) });
  should(form.status).equal(415);
  for (const body of [{}, [], ...empty]) should((await example.askJson(httpIn, body)).status).equal(400);
  should(await example.sent()).have.length(before);
}

/** For each example of what people have: the real documents, and what the phones get. */
export const ofWebhooks: Record<string, (example: TriedExample) => Promise<void>> = {
  'from what you have/Alertmanager': async (example) => {
    const { alertmanager, bare, critical, disk, over } = documents;
    const tell = (body: unknown) => told(example, 'Alertmanager calls', body);
    should(await tell(alertmanager([disk('db1', 'Disk is 95 % full'), disk('db2'), over('db3')]))).equal(
      'FIRING 2\nDiskFull db1: Disk is 95 % full\nDiskFull db2\nRESOLVED 1\nDiskFull db3',
    );
    should(await tell(alertmanager([over('db1')], { status: 'resolved' }))).equal('RESOLVED 1\nDiskFull db1');
    should(await tell(alertmanager([critical], { commonLabels: critical.labels }))).equal(
      'FIRING 1\nKühlhaus: Über −10 °C',
    );
    should(await tell(alertmanager([bare], { commonLabels: {}, groupLabels: {} }))).equal('FIRING 1\nalert');
    const many = Array.from({ length: 200 }, (_, place) => disk(`db${place}`, '🛢'));
    const text = await tell(alertmanager(many, { truncatedAlerts: 50 }));
    should(text).startWith('FIRING 200\nDiskFull db0: 🛢\n').and.endWith('...\n(50 more were left out)');
    should([...text]).have.length(300 + '...\n(50 more were left out)'.length);
    // Half a character would throw.
    should(encodeURIComponent(text)).startWith('FIRING');
    await sendsOnlyWhatSaysSomething(example, 'Alertmanager calls', { alerts: [] }, { alerts: 'none' });
  },
  'a storm of alerts': async (example) => {
    const { alertmanager, disk } = documents;
    const storm = Array.from({ length: 40 }, (_, place) => alertmanager([disk(`db${place}`)]));
    const call = async (body: unknown) => (await example.askJson('Alertmanager calls', body)).status;
    should(await call(storm[0])).equal(200);
    await example.until('the first', async () => (await example.sent()).length === PEOPLE.length);
    const answers = await Promise.all(storm.slice(1).map(call));
    should(new Set(answers)).eql(new Set([200]));
    await example.until('all outcomes', async () => example.timesShown('outcome') === storm.length);
    const sent = await example.sent();
    for (const person of PEOPLE) {
      const texts = sent.filter(({ number }) => number === person).map(({ text }) => text);
      const told = texts.map((text) => 1 + Number(/^FIRING 1\nDiskFull db\d+.* and (\d+) more$/s.exec(text)?.[1] ?? 0));
      should(told.reduce((sum, count) => sum + count, 0)).equal(storm.length);
      // One by itself, and the others together; on a very busy machine they come later than together.
      should(told[0]).equal(1);
      should(told.length).be.within(2, storm.length / 4);
    }
    should(sent.every(({ number }) => PEOPLE.includes(number))).be.true();
  },
  'from what you have/Grafana': async (example) => {
    const { grafana, grafanaTest, memory, over, withoutData, withoutTexts } = documents;
    const tell = (...alerts: unknown[]) => told(example, 'Grafana calls', grafana(alerts));
    should(await tell(memory, { ...over('web2'), values: null })).equal(
      'ALERTING 1\nHigh memory usage web1: {{ 95 }} %\nOK 1\nDiskFull web2',
    );
    should(await tell(withoutTexts)).equal('ALERTING 1\nHigh CPU usage: A = 92.5');
    should(await tell(withoutData)).equal('ALERTING 1\nTank 1 (DatasourceNoData)');
    should(await tell(grafanaTest)).equal('ALERTING 1\nTestAlert Grafana: Notification test');
    await sendsOnlyWhatSaysSomething(example, 'Grafana calls', { title: 'a payload of one’s own' });
  },
  'from what you have/Uptime Kuma': async (example) => {
    const { certificate, uptimeKuma, uptimeKumaTest } = documents;
    const tell = (body: unknown) => told(example, 'Uptime Kuma calls', body);
    const isDown = 'timeout of 48000ms exceeded';
    should(await tell(uptimeKuma(0, 'Shop', isDown))).equal(`Shop is DOWN: ${isDown}`);
    should(await tell(uptimeKuma(1, 'Shop – “Wien”', '200 - OK'))).equal('Shop - "Wien" is UP: 200 - OK');
    should(await tell(uptimeKumaTest)).equal('SMS Testing');
    should(await tell(certificate)).equal(certificate.msg.replace('🔴 ', ''));
    await sendsOnlyWhatSaysSomething(example, 'Uptime Kuma calls', { data: '{"msg":"a form"}' });
  },
  'from what you have/Home Assistant': async (example) => {
    const tell = (body: unknown) => told(example, 'Home Assistant calls', body);
    // As the platform `rest` of `notify` sends it, with a title and without.
    should(await tell({ message: 'The "front door" is open', title: 'Home Assistant' })).equal(
      'The "front door" is open',
    );
    should(await tell({ message: 'Küche: 61 °C', title: 'Feuer' })).equal('Feuer: Küche: 61 °C');
    // As `rest_command` does.
    should(await tell({ message: 'Water\nin the cellar', target: '', urgent: true })).equal('Water\nin the cellar');
    const one = await example.askJson('Home Assistant calls', { message: 'For you', target: '+999 7654321' });
    should(one).match({ status: 200, body: { ok: true } });
    await example.until('an SMS to him alone', async () => (await example.sent()).at(-1)?.number === '+9997654321');
    const wrong = await example.askJson('Home Assistant calls', { message: 'For you', target: 'Anna' });
    should(wrong).match({ status: 400, body: { error: /^To \(msg\.to\)/ } });
    await sendsOnlyWhatSaysSomething(example, 'Home Assistant calls', { message: ' ' }, { message: { text: 'x' } });
  },
};
