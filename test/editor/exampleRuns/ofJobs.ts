import should from 'should';
import type { TriedExample } from '../../support/TriedExample';

const JOB = 'spring campaign';
const PEOPLE = 26;

/** For the stories of many recipients, and of those who ask over HTTP: what happens, and what is then to be seen. */
export const ofJobs: Record<string, (story: TriedExample) => Promise<void>> = {
  'stories/HTTP endpoint': async (story) => {
    const ask = (body: unknown, key?: string) =>
      story.askJson('POST /sms', body, key === undefined ? {} : { 'Idempotency-Key': key });
    const wrong = await ask({ to: 'Anna', text: 'Hello' });
    should(wrong).match({ status: 400, body: { ok: false, code: 'INVALID_INPUT', field: 'to' } });
    should(wrong.body.error).match(/^To \(msg\.to\)/);
    should(await ask({ to: '+999 1234567' })).match({ status: 400, body: { field: 'text' } });
    should(
      (await story.ask('POST /sms', { body: new URLSearchParams({ to: '+999 1234567', text: 'Hi' }) })).status,
    ).equal(415);
    should(await story.sent()).eql([]);
    const [reached, again, failed] = await Promise.all([
      ask({ to: '+999 1234567', text: 'Hello' }, 'order 7'),
      ask({ to: '+999 1234567', text: 'Hello' }, 'order 7'),
      ask({ to: ['+999 1234568', '+999 000001'], text: 'Hello' }),
    ]);
    should(reached).match({ status: 200, body: { ok: true, total: 1, sent: 1 } });
    should(again).match({ status: 200, body: { ok: true, total: 1, sent: 1 } });
    should([reached, again].filter(({ body }) => body.duplicate === true)).have.length(1);
    should(failed).match({ status: 502, body: { ok: false, total: 2, reached: 1, failed: 1 } });
    should((await story.sent()).filter(({ number }) => number === '+9991234567')).have.length(1);
    // A number that takes longer than anybody waits for an answer.
    await story.happens('speed', { speed: 'real' });
    const late = await ask({ to: '+999 000003', text: 'Hello' });
    should(late).match({ status: 202, body: { ok: false, timed_out: true, pending: 1 } });
    should(late.headers.get('location')).equal(`/sms/${late.body.job}`);
    const progress = await story.ask('GET /sms/:job', {}, { job: String(late.body.job) });
    should(await progress.json()).match({ job: late.body.job, total: 1, failed: 0 });
    should((await story.ask('GET /sms/:job', {}, { job: 'nobody’s' })).status).equal(404);
  },
  'stories/CSV file with progress on a page': async (story) => {
    const send = async (body: string) => {
      const answer = await story.ask('a file', { headers: { 'Content-Type': 'text/csv' }, body });
      return { status: answer.status, body: await answer.json() };
    };
    const button = async (action: string) => (await story.ask('a button', {}, { action })).json();
    const progress = async () =>
      (await (await story.ask('how far is it?')).json()) as { sent?: number; total?: number };
    const page = await story.ask('the page');
    should(page.headers.get('content-type')).match(/text\/html/);
    should(await page.text()).match(/<progress/);
    should(await progress()).eql({});
    should((await story.ask('a file', { body: 'number,name' })).status).equal(415);
    const gap = 'number,name,time\n+999 1234571,Anna,09:15\n+999 1234572,,10:30\n';
    should(await send(gap)).match({ status: 400, body: { error: /^To \(msg\.payload\[1\]\.name\)/ } });
    should(await story.sent()).eql([]);
    await story.happens('speed', { speed: 'real' });
    const rows = Array.from({ length: 300 }, (_, row) => `+9991${10_000 + row},Anna ${row},09:15`);
    should(await send(`number,name,time\n${rows.join('\n')}\n`)).match({ status: 200, body: { total: 300 } });
    await story.until('the first ones', async () => (await story.sent()).length > 0);
    const paused = (await button('pause')) as { waiting: number };
    should(paused).match({ action: 'pause', stopped: 0 });
    // A request may be under way just then.
    const had = 300 - paused.waiting;
    should(had).be.within(1, 299);
    await story.until('what has left', async () => (await story.sent()).length === had);
    should(await button('resume')).match({ action: 'resume', waiting: paused.waiting });
    await story.until('more of them', async () => (await story.sent()).length > had);
    const stopped = (await button('stop')) as { stopped: number; left: unknown[] };
    await story.happens('speed', { speed: 'fast' });
    await story.shows('outcome', /total: 300/);
    should(stopped.stopped).be.above(0);
    const sent = await story.sent();
    should(new Set(sent.map(({ number }) => number)).size).equal(sent.length);
    should(sent.find(({ number }) => number === '+999110000')?.text).equal(
      'Dear Anna 0, your appointment is at 09:15.',
    );
    await story.until('its end', async () => (await progress()).total === 300);
  },
  'stories/campaign within hours': async (story) => {
    await story.press('start');
    await story.until('the first ones', async () => (await story.sent()).length > 1);
    await story.press('pause');
    await story.shows('answer', /action: 'pause',[\s\S]*?held: [1-9]/);
    const had = (await story.sent()).length;
    should(had).be.below(PEOPLE);
    await story.press('resume');
    await story.shows('answer', /action: 'resume'/);
    await story.shows('all of them', /ok: true/);
    await story.press('how far is it?');
    await story.shows('progress', new RegExp(`job: '${JOB}',\\s+total: ${PEOPLE},\\s+waiting: 0`));
    const sent = await story.sent();
    should(sent).have.length(PEOPLE);
    should(new Set(sent.map(({ text }) => text)).size).equal(PEOPLE);
    should(story.timesShown('failed')).equal(0);
  },
  'the campaign that is started outside its hours': async (story) => {
    await story.press('start');
    await story.shows('progress', new RegExp(`waiting: ${PEOPLE},\\s+held: ${PEOPLE}`));
    await story.press('stop');
    await story.shows('answer', new RegExp(`action: 'stop',[\\s\\S]*?stopped: ${PEOPLE},\\s+left: \\[\\]`));
    await story.shows('not all', /failed: 26/);
    should(await story.sent()).eql([]);
  },
};
