import should from 'should';
import type { SubmittedSms, TriedExample } from '../../support/TriedExample';

const NUMBER = '99970200011';

/** For each node's example: what somebody does with it, and what is then to be seen. */
export const ofNodes: Record<string, (example: TriedExample) => Promise<void>> = {
  'send-sms': async (example) => {
    await example.press('one number', 'two numbers');
    await example.shows('reached', /ok: true/);
    await example.shows('not reached', /ok: false/);
    await example.shows('updates', /DELIVERED/);
  },
  'stop-sms': async (example) => {
    await example.press('forty numbers');
    await example.shows('what was stopped', /withdrawn: [1-9]/);
    await example.shows('status', /STOPPED/);
    await example.press('stop task 1');
    await example.shows('why not', /NOT_FOUND/);
  },
  'query-result': async (example) => {
    await example.press('send an SMS');
    await example.until('a delivery', async () => (await example.sent()).some(({ state }) => state === 'DELIVERED'));
    await example.press('results of the last hour', 'all delivery reports', 'how many wait');
    await example.shows('answer', /succ_count/);
    await example.shows('answer', /outcome: 'delivered'/);
    await example.shows('answer', /in_queue/);
  },
  'receive-sms': async (example) => {
    await example.happens('incoming', { port: 2, number: NUMBER, text: 'Is anybody there?' });
    await example.shows('incoming SMS', /Is anybody there\?/);
    await example.press('what is new?');
    await example.shows('new ones', /Is anybody there\?/);
  },
  ussd: async (example) => {
    await example.press('balance of port 1', 'a menu on port 2', 'own numbers of ports 0, 3-5');
    await example.shows('reply', /Valid until/);
    await example.shows('reply', /sent: '1'/);
    await example.shows('reply', /Your number is 99970100005/);
    await example.press('last text of port 1');
    await example.shows('last text', /12\.34 EUR/);
    await example.happens('ussd', { port: 6, text: 'Your pack ends tomorrow.' });
    await example.shows('unsolicited', /Your pack ends tomorrow/);
  },
  'port-info': async (example) => {
    await example.press('all ports now');
    await example.shows('ports', /REGISTER_OK/);
    // The watch begins with what is so at its first look.
    const hasChanged = () => example.timesShown('change', "changed: \\[[^\\]]*'reg'") > 0;
    await example.until('a change', async () => {
      await example.press('restart port 2');
      return hasChanged();
    });
  },
  'set-port': async (example) => {
    await example.press('try to switch port 2 off', 'restart port 1', 'port 3 off');
    await example.shows('refused', /may cut the line off/);
    await example.shows('done', /action: 'power'[\s\S]*?reg: 'POWER_OFF'/);
    await example.press('port 3 on');
    await example.shows('done', /action: 'power'[\s\S]*?reg: 'REGISTER_OK'/);
    await example.shows('done', /action: 'reset'[\s\S]*?reg: 'REGISTER_OK'/);
  },
  stk: async (example) => {
    await example.press('look');
    await example.shows('menu', /item_string: 'Balance'/);
    await example.press('balance');
    await example.shows('menu', /Your balance is/);
    await example.press('home');
    await example.until('home', async () => example.timesShown('menu') >= 3);
    await example.press('no such item');
    await example.shows('error', /NOT_FOUND/);
    await example.press('top up');
    await example.shows('menu', /Thank you: 10/);
  },
  'sim-care': async (example) => {
    // Before the gateway has told of its cards there are none to show.
    await example.until('the SIMs', async () => {
      await example.press('how the SIMs stand');
      return example.timesShown('SIMs', "plan: 'Five a day'") > 0;
    });
    await example.press('port 0 has sent 4 elsewhere');
    await example.shows('event', /event: 'limit-80'/);
    await example.press('port 0 rests');
    await example.shows('event', /event: 'resting'/);
    await example.press('port 0 may send again', 'count port 0 anew', 'a port that is not there');
    await example.shows('event', /state: 'cleared'/);
    await example.shows('why not', /no SIM in port 31/);
  },
  cdr: async (example) => {
    // The watch begins with what is new to it: the first call may have come before its first look.
    await example.until('a new record', async () => {
      await example.happens('call', { port: 0 });
      return example.timesShown('new record') > 0;
    });
    await example.press('call records of the last hour');
    await example.shows('call records', /start_date_iso/);
  },
  'push-receiver': async (example) => {
    await example.press('send an SMS');
    await example.happens('incoming', { port: 2, number: NUMBER, text: 'Pushed' });
    await example.happens('ussd', { port: 3, text: 'Your pack ends tomorrow.' });
    await example.happens('port', { port: 4, action: 'unregister' });
    await example.happens('call', { port: 5, missed: true, number: NUMBER });
    await example.happens('call', { port: 5 });
    await example.shows('sms', /Pushed/);
    await example.shows('ussd', /Your pack ends tomorrow/);
    await example.shows('register', /status: 'down'/);
    await example.shows('missed_call', /99970200011/);
    await example.shows('other', /topic: 'cdr'/);
    await example.shows('sms_result', /SENT_OK/);
    await example.shows('sms_deliver_status', /status_code: 0/);
  },
  watch: async (example) => {
    await example.press('try the SMS');
    await example.shows('the SMS', /ok: true/);
    const { ports } = await example.sees<{ ports: { port: number }[] }>('state');
    for (const { port } of ports) await example.happens('port', { port, action: 'unregister' });
    await example.shows('condition', /condition: 'no-ready-sim'[\s\S]*?state: 'raised'/);
    // Any gateway that is up may tell it; here those of the other examples are, too.
    await example.shows('the SMS', /ok: true,\s+text: '[^']*no SIM has been registered/);
    const byItself = await example.sees<SubmittedSms[]>('record');
    should(byItself.filter(({ text }) => text.includes('no SIM'))).eql([]);
    await example.happens('port', { port: 1, action: 'register' });
    await example.shows('condition', /condition: 'no-ready-sim'[\s\S]*?state: 'cleared'/);
  },
};
