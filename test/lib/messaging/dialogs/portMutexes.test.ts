import { getEventListeners, setMaxListeners } from 'node:events';
import should from 'should';
import type { GatewayClient } from '../../../../lib/gateway-api';
import { PortMutex, PortMutexes } from '../../../../lib/messaging/dialogs/PortMutexes';
import { StkMenus } from '../../../../lib/messaging/dialogs/stk/StkMenus';
import { UssdDialogs } from '../../../../lib/messaging/dialogs/ussd/UssdDialogs';
import { Pushes } from '../../../../lib/messaging/Pushes';
import { RequestQueue } from '../../../../lib/messaging/requestQueue/RequestQueue';
import { FakeClock, settled } from '../../../support/FakeClock';
import { Network } from '../../../support/ussd/Network';

const answerOf = (n: number) => ({
  text: `Hello ${n}`,
  after: 1500,
  isStubborn: false,
  isLast: true,
  push: { isLost: false, late: 0 },
});

describe('the dialogues of a gateway', () => {
  const { signal } = new AbortController();
  setMaxListeners(0, signal);
  const listeners = (): number => getEventListeners(signal, 'abort').length;
  let clock: FakeClock;
  let pushes: Pushes;
  let ussd: UssdDialogs;
  let stk: StkMenus;
  let log: string[];
  let isBusy: boolean;

  beforeEach(() => {
    clock = new FakeClock();
    pushes = new Pushes();
    log = [];
    isBusy = false;
    const network = new Network({ clock, pushes, latency: 0, answerOf, isBusy: () => isBusy });
    let frame = 1;
    const api = Object.assign(Object.create(network), {
      sendUssd(request: { command?: string; text: string; port: number[] }) {
        log.push(`ussd ${request.command ?? request.text}`);
        return network.sendUssd(request);
      },
      getStkCurrFrameIndex: async () => ({ port: 0, frame_id: frame }),
      getStkView: async () => ({ port: 0, frame_id: frame, input_kind: 'display', text: '', title: '', item: [] }),
      stkGo: async () => {
        log.push('stk');
        frame += 1;
      },
    }) as GatewayClient;
    const requests = new RequestQueue<GatewayClient>({ api, clock, concurrency: 1 });
    const mutexes = new PortMutexes();
    ussd = new UssdDialogs({ requests, clock, mutexes, pushes });
    stk = new StkMenus({ requests, clock, mutexes });
  });

  it('leave nothing on the signal of a node that takes thousands of turns', async () => {
    const mutex = new PortMutex(0);
    for (let n = 0; n < 2000; n++) (await mutex.enter(signal))();
    await settled();
    should(listeners()).equal(0);
  });

  it('leave nothing on it after dialogues and steps in menus either', async () => {
    const done = Promise.all([
      ussd.dialogue([0], ['*100#', '1', '2'], 5000, signal),
      ussd.send([1], '*100#', 5000, signal),
      stk.run({ action: 'ok', port: 2, wait: 5000 }, signal),
    ]);
    await clock.advance(60_000);
    await done;
    await settled();
    should(listeners()).equal(0);
  });

  it('take turns on a port: no step in a SIM’s menu during a USSD dialogue, nor the other way round', async () => {
    const first = ussd.dialogue([0], ['*100#'], 5000, signal);
    const second = stk.run({ action: 'ok', port: 0, wait: 5000 }, signal);
    const third = ussd.dialogue([0], ['1'], 5000, signal);
    await clock.advance(60_000);
    await Promise.all([first, second, third]);
    should(log).eql(['ussd *100#', 'ussd cancel', 'stk', 'ussd 1', 'ussd cancel']);
  });

  it('run side by side on different ports', async () => {
    void ussd.dialogue([0], ['*100#'], 5000, signal);
    void stk.run({ action: 'ok', port: 1, wait: 5000 }, signal);
    await clock.advance(1);
    should(log.toSorted()).eql(['stk', 'ussd *100#']);
    await clock.advance(60_000);
  });

  it('wait for a busy port more and more seldom, each code up to the time to wait, and have all of it for the reply', async () => {
    isBusy = true;
    const [busyAt, begun] = [20_000, clock.now()];
    clock.after(busyAt, () => {
      isBusy = false;
    });
    const done = ussd.dialogue([0], ['*100#'], 21_000, signal);
    const times: number[] = [];
    for (let known = 0; log.at(-1) !== 'ussd cancel'; await clock.advance(100)) {
      for (; known < log.length; known++) times.push(Math.round((clock.now() - begun) / 1000));
    }
    should((await done)[0]).eql({
      port: 0,
      status: 200,
      text: 'Hello 0',
      replies: [{ sent: '*100#', text: 'Hello 0' }],
    });
    should(times.slice(0, 7)).eql([0, 1, 3, 7, 12, 17, 21]);
  });

  it('end in BUSY when the port stays busy for the time to wait, and leave nothing behind', async () => {
    isBusy = true;
    const done = should(ussd.dialogue([0], ['*100#'], 5000, signal)).be.rejectedWith({ code: 'BUSY' });
    await clock.advance(5000);
    await done;
    should(log).eql(Array(4).fill('ussd *100#'));
    should(clock.running).equal(0);
  });

  it('remember the ports 0 to 31 and no others, however many are pushed', async () => {
    const heard: number[] = [];
    ussd.onUnsolicited(({ port }) => void heard.push(port));
    const ports = [...Array(5000).keys(), -1, 1.5, 2 ** 53];
    for (const port of ports) await pushes.tell({ ussd: [{ port, text: 'Invented' }] });
    should(heard).eql([...Array(32).keys()]);
    should((ussd as unknown as { ports: Map<number, unknown> }).ports.size).equal(32);
  });
});
