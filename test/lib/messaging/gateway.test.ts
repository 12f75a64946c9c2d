import should from 'should';
import type { IncomingSms, UssdReply } from '../../../lib/gateway-api';
import type { Gateway } from '../../../lib/messaging';
import type { Handed } from '../../../lib/messaging/inbox/EmitOutbox';
import { MemoryStore } from '../../../lib/store';
import { startScripted } from '../../support/core';
import { ScriptedApi } from '../../support/core/ScriptedApi';
import { settled } from '../../support/FakeClock';

const SECOND = 1000;
const AUSTRIAN = '232010000000001';

/** A gateway that can be asked for more, and counts how often. */
class BusyApi extends ScriptedApi {
  readonly portQuestions: unknown[] = [];
  incoming: IncomingSms[] = [];
  looks = 0;
  readonly ussd: { command?: string }[] = [];
  sn = 'da-1';

  override async getPortInfo(asked?: unknown) {
    this.portQuestions.push(asked);
    return { error_code: 200, info: [0, 1, 2].map((port) => ({ port, reg: 'REGISTER_OK', imsi: AUSTRIAN })) };
  }

  async queryIncomingSms() {
    this.looks += 1;
    return { error_code: 200, sms: this.incoming, read: 0, unread: this.incoming.length };
  }

  async sendUssd({ port, command }: { port: number[]; command?: string }) {
    this.ussd.push({ command });
    return { error_code: 200, result: port.map((one) => ({ port: one, status: 200 })) };
  }

  async queryUssdReply({ port }: { port: number[] }): Promise<{ error_code: number; reply: UssdReply[] }> {
    return { error_code: 200, reply: port.map((one) => ({ port: one, text: '' })) };
  }
}

describe('a gateway', () => {
  let api: BusyApi;
  let core: Awaited<ReturnType<typeof startScripted>>;
  let gateway: Gateway;
  let isClosed: boolean;

  beforeEach(async () => {
    api = new BusyApi();
    core = await startScripted({ api });
    gateway = core.gateways.of('gateway') as Gateway;
    isClosed = false;
  });
  afterEach(() => (isClosed ? undefined : core.close()));

  const sms = (incoming_sms_id: number, more: Partial<IncomingSms> = {}): IncomingSms => ({
    ...{
      incoming_sms_id,
      port: 0,
      number: '1',
      smsc: '',
      text: `t${incoming_sms_id}`,
      timestamp: '2024-01-15 12:00:00',
    },
    ...more,
  });
  const listen = (): string[] => {
    const heard: string[] = [];
    gateway.inbox.subscribe({
      ...{ node: 'n', gateway: 'gateway', backlog: true, mode: 'poll', interval: 10 * SECOND },
      onState: () => undefined,
      onSms: async (handed: Handed[]) => {
        heard.push(...handed.map((one) => one.sms.text));
        return true;
      },
    });
    return heard;
  };
  /** A request that takes its time; returns what ends it. */
  const hold = (): (() => void) => {
    let end: () => void = () => undefined;
    void gateway.inTurn(
      () =>
        new Promise<void>((resolve) => {
          end = resolve;
        }),
    );
    return () => end();
  };

  it('is polled for incoming SMS by the clock, and its pushes of them are kept before they are answered', async () => {
    const heard = listen();
    api.incoming = [sms(1)];
    await core.clock.advance(SECOND);
    should(heard).eql(['t1']);
    await gateway.pushed({ sms: [sms(2)] });
    should(heard).eql(['t1', 't2']);
    api.incoming = [sms(1), sms(2), sms(3)];
    await core.clock.advance(10 * SECOND);
    should(heard).eql(['t1', 't2', 't3']);
  });

  it('is looked at at once after a push that only its list can explain', async () => {
    const heard = listen();
    api.incoming = [sms(1), sms(2)];
    await core.clock.advance(SECOND);
    const { looks } = api;
    await gateway.pushed({ sms: [sms(1, { text: 'another', timestamp: '2024-01-15 13:00:00' })] });
    api.incoming = [sms(1, { text: 'another', timestamp: '2024-01-15 13:00:00' })];
    await core.clock.advance(0);
    should(api.looks).be.above(looks);
    await core.clock.advance(SECOND);
    should(heard).containEql('another');
  });

  it('tells the network’s clock by the SMS that it pushes, and not by what comes from elsewhere', async () => {
    const isoOf = (ahead: number): string => new Date(core.clock.now() + ahead).toISOString();
    const push = (isCredible?: boolean) =>
      gateway.pushed({ sms: [sms(1, { timestamp_iso: isoOf(3_600_000) })], isCredible });
    await push(false);
    should(gateway.clocks.ahead.network).be.undefined();
    await push();
    should(gateway.clocks.ahead.network).equal(3600);
  });

  it('takes a push that brings results only', async () => {
    await gateway.pushed({ results: [], reports: [] });
    should(gateway.clocks.ahead).eql({});
  });

  it('whose SIMs have registered anew is asked again: for the ports that may send, and for the country', async () => {
    await core.take({});
    await core.clock.advance(0);
    const asked = api.portQuestions.length;
    should(asked).equal(1);
    await gateway.pushed({ register: [{ port: 0, type: 'REGISTER' } as never] });
    await core.take({});
    await core.clock.advance(0);
    should(api.portQuestions.length).equal(asked + 1);
    await gateway.home.learn();
    await gateway.home.learn();
    should(api.portQuestions.length).equal(asked + 2);
    await gateway.pushed({ register: [{ port: 0, type: 'REGISTER' } as never] });
    await gateway.home.learn();
    should(api.portQuestions.length).equal(asked + 3);
  });

  it('tells by whatever asks about ports which country its SIMs are from, and which ports it has', async () => {
    should([gateway.home.country, gateway.knownPorts.last]).eql([undefined, undefined]);
    await gateway.portReader.read({ info: ['imsi'] }, { kind: 'command' });
    should([gateway.home.country, gateway.knownPorts.last]).eql(['AT', 2]);
  });

  it('tells by what is asked before an SMS which ports it has', async () => {
    await core.take({});
    await core.clock.advance(0);
    should(gateway.knownPorts.last).equal(2);
  });

  it('tells what its answers have told of it, and keeps small facts in the store', async () => {
    should(gateway.device.sn).equal('da-1');
    await gateway.notes.putNotes(new Map([['k', 'v']]));
    should((await gateway.notes.notes(['k'])).get('k')).equal('v');
  });

  it('lets whoever asks past its queue wait for their turn, and gives that up when they don’t want it any more', async () => {
    const end = hold();
    const order: string[] = [];
    const stop = new AbortController();
    const second = gateway.inTurn(async () => void order.push('second'));
    const third = gateway.inTurn(async () => void order.push('third'), stop.signal);
    await settled();
    should(order).be.empty();
    stop.abort();
    await should(third).be.rejectedWith({ code: 'STOPPED' });
    end();
    await second;
    should(order).eql(['second']);
  });

  it('tries from one of its ports to another over its own queue, and hears its own pushes', async () => {
    const way = { from: 0, to: 7, number: '43664' };
    const createUserIds = async (count: number) => Array.from({ length: count }, (_, place) => place + 1);
    const test = gateway.selfTest(way, { clock: core.clock, random: () => 0.5, createUserIds });
    should(test.report).match({ state: 'running', ...way });
    const end = hold();
    const done = test.run();
    await settled();
    should(api.portQuestions).be.empty();
    end();
    await core.clock.advance(0);
    await done;
    // It has no such port.
    should(api.portQuestions).have.length(1);
    should(test.report.problem).be.ok();
    should(api.sent).be.empty();
  });

  it('never sends again what a former process was sending when it died, as long as nobody can know that it wasn’t taken', async () => {
    const store = new MemoryStore({ random: () => 0 });
    const dying = new BusyApi();
    dying.sendSms = () => new Promise(() => undefined);
    const former = await startScripted({ store, api: dying });
    await former.take({});
    await former.clock.advance(0);
    await core.close();
    core = await startScripted({ store, api });
    await core.clock.advance(590 * SECOND);
    should(api.asked.length).be.above(5);
    should(core.updates.all).be.empty();
    await core.clock.advance(30 * SECOND);
    should(core.updates.all.map(({ status }) => status)).eql(['UNKNOWN']);
    should(api.sent).be.empty();
  });

  describe('that nobody uses any more', () => {
    beforeEach(() => {
      isClosed = true;
    });

    it('ends the USSD sessions that are open, and then its connection', async () => {
      const { signal } = new AbortController();
      const dialogue = gateway.ussd.dialogue([0], ['*100#'], 60 * SECOND, signal).catch(({ code }) => code);
      await core.clock.advance(0);
      should(api.ussd).eql([{ command: undefined }]);
      const closed = core.close();
      await core.clock.advance(SECOND);
      await closed;
      should(await dialogue).equal('STOPPED');
      should(api.ussd).eql([{ command: undefined }, { command: 'cancel' }]);
      should(api.closed).be.true();
    });

    it('gives up the questions of its own that are under way: nobody waits for a silent gateway', async () => {
      api.getPortInfo = (_asked?: unknown, { signal }: { signal?: AbortSignal } = {}) =>
        new Promise((_, reject) => signal?.addEventListener('abort', () => reject(new Error('given up'))));
      const learned = gateway.home.learn();
      await settled();
      // Nobody lets time pass.
      await core.close();
      should(await learned).be.undefined();
    });

    it('asks nothing more, whatever is due', async () => {
      listen();
      await core.clock.advance(SECOND);
      await core.take({});
      await core.clock.advance(0);
      await core.close();
      const asked = api.looks + api.asked.length + api.portQuestions.length;
      await core.clock.advance(600 * SECOND);
      should(api.looks + api.asked.length + api.portQuestions.length).equal(asked);
    });
  });
});
