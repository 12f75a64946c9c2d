import should from 'should';
import { GatewayError } from '../../../../lib/gateway-api';
import { PortSetter } from '../../../../lib/messaging/commands/PortSetter';
import type { PortCommand } from '../../../../lib/messaging/commands/portCommand';
import { Pushes } from '../../../../lib/messaging/Pushes';
import { RequestQueue } from '../../../../lib/messaging/requestQueue/RequestQueue';
import { FakeClock, settled } from '../../../support/FakeClock';

const command = (action: PortCommand['action'], param = '', port = 1): PortCommand => ({ port, action, param });

/** A gateway whose ports show what the test says. */
function gateway() {
  const clock = new FakeClock();
  const pushes = new Pushes();
  const done: string[] = [];
  const answered = { by: Promise.resolve() };
  const shown = { reg: 'REGISTER_OK' as string | undefined, looks: 0, failure: undefined as Error | undefined };
  const api = {
    setPortInfo: async ({ port, action, param }: PortCommand) => {
      if (shown.failure) throw shown.failure;
      done.push(`${port} ${action} ${param}`.trim());
      await answered.by;
      return { error_code: 200 };
    },
    getPortInfo: async ({ port }: { port: number[] }) => {
      shown.looks += 1;
      if (shown.failure) throw shown.failure;
      return { error_code: 200, info: port.map((one) => ({ port: one, ...(shown.reg && { reg: shown.reg }) })) };
    },
  };
  let changes = 0;
  const requests = new RequestQueue({ api, clock, concurrency: 1 });
  const options = { requests, pushes, clock };
  const setter = new PortSetter(options as unknown as ConstructorParameters<typeof PortSetter>[0]);
  setter.changes.on(() => void changes++);
  const push = (status: 'up' | 'down', port = 1) =>
    pushes.tell({ register: [{ port, status, iccid: '', imsi: '', number: '' }] });
  /** Begins, and notes when and how it ended. */
  const set = (what: PortCommand, seconds: number, signal?: AbortSignal) => {
    const begun = clock.now();
    const end: { reg?: string; code?: string; after?: number } = {};
    setter.set(what, seconds * 1000, signal).then(
      ({ reg }) => Object.assign(end, { reg, after: (clock.now() - begun) / 1000 }),
      ({ code }) => Object.assign(end, { code, after: (clock.now() - begun) / 1000 }),
    );
    return end;
  };
  return { clock, done, shown, answered, push, set, setter, changes: () => changes };
}

describe('setting a port', () => {
  it('asks for nothing more when it isn’t to settle', async () => {
    const { set, clock, done, shown, changes } = gateway();
    const end = set(command('reset'), 0);
    await clock.advance(0);
    should(end).eql({ reg: undefined, after: 0 });
    should([done, shown.looks, changes(), clock.running]).eql([['1 reset'], 0, 1, 0]);
  });

  it('doesn’t take the old registration for the new one after a restart', async () => {
    for (const action of ['reset', 'slot', 'imei'] as const) {
      const { set, clock, shown } = gateway();
      const end = set(command(action), 60);
      await clock.advance(3000);
      should(end).eql({});
      shown.reg = 'SEARCHING_NETWORK';
      await clock.advance(20_000);
      should(end).eql({});
      shown.reg = 'REGISTER_OK';
      await clock.advance(1000);
      should(end).eql({ reg: 'REGISTER_OK', after: 24 });
      should(clock.running).be.belowOrEqual(1);
    }
  });

  it('believes a registration that was never seen to go, after five seconds', async () => {
    const { set, clock } = gateway();
    const end = set(command('reset'), 60);
    await clock.advance(4900);
    should(end).eql({});
    await clock.advance(200);
    should(end).eql({ reg: 'REGISTER_OK', after: 5 });
  });

  it('ends at once by a push that the port is up, and knows by one that it was down', async () => {
    const { set, clock, push } = gateway();
    const end = set(command('reset'), 60);
    await clock.advance(1500);
    await push('up', 2);
    await settled();
    should(end).eql({});
    await push('up');
    await settled();
    should(end).eql({ reg: 'REGISTER_OK', after: 1.5 });
    const second = set(command('reset'), 60);
    await clock.advance(500);
    await push('down');
    await clock.advance(0);
    should(second).eql({ reg: 'REGISTER_OK', after: 0.5 });
  });

  it('counts a push that overtakes the answer only where it says that the port is down', async () => {
    const pushed = async (status: 'up' | 'down') => {
      const { set, clock, push, answered } = gateway();
      let answer = (): void => undefined;
      answered.by = new Promise<void>((resolve) => {
        answer = resolve;
      });
      const end = set(command('reset'), 60);
      await clock.advance(300);
      await push(status);
      answer();
      await clock.advance(500);
      return end;
    };
    should(await pushed('up')).eql({});
    should(await pushed('down')).eql({ reg: 'REGISTER_OK', after: 0.3 });
  });

  it('waits until a port that is switched off is off, whatever is pushed', async () => {
    const { set, clock, shown, push } = gateway();
    const end = set(command('power', 'off'), 60);
    await clock.advance(0);
    await push('up');
    await push('down');
    await clock.advance(0);
    should(end).eql({});
    shown.reg = 'POWER_OFF';
    await push('down');
    await clock.advance(0);
    should(end).eql({ reg: 'POWER_OFF', after: 0 });
  });

  it('takes a port that is switched on and was on for registered at once', async () => {
    const { set, clock } = gateway();
    const end = set(command('power', 'on'), 60);
    await clock.advance(0);
    should(end).eql({ reg: 'REGISTER_OK', after: 0 });
  });

  it('waits for nothing after lock and block', async () => {
    const { set, clock, shown } = gateway();
    shown.reg = 'UNREGISTER';
    const ends = [set(command('lock'), 60), set(command('block'), 60)];
    await clock.advance(0);
    should(ends).eql(Array(2).fill({ reg: 'UNREGISTER', after: 0 }));
  });

  it('says how it ended when the time is over, also with a gateway that fails meanwhile', async () => {
    const { set, clock, shown } = gateway();
    shown.reg = 'NO_SIM';
    const end = set(command('slot', '2'), 30);
    await clock.advance(10_000);
    shown.failure = new GatewayError('UNREACHABLE', 'gone', 'no');
    await clock.advance(20_000);
    should(end).eql({ reg: 'NO_SIM', after: 30 });
  });

  it('says nothing of a registration that the gateway never told', async () => {
    const { set, clock, shown } = gateway();
    shown.reg = undefined;
    const end = set(command('reset'), 5);
    await clock.advance(5000);
    should(end).eql({ reg: undefined, after: 5 });
    await clock.advance(1000);
    should(clock.running).equal(0);
  });

  it('does one thing after the other to one port, though the first fails, and others meanwhile', async () => {
    const { set, clock, shown, done } = gateway();
    shown.failure = new GatewayError('UNKNOWN_OUTCOME', 'lost', 'unknown');
    const first = set(command('reset'), 60);
    await settled();
    shown.failure = undefined;
    shown.reg = 'NO_SIM';
    const second = set(command('slot', '1'), 10);
    const third = set(command('slot', '2'), 0);
    const other = set(command('reset', '', 2), 0);
    await clock.advance(9000);
    should([first.code, second.after, third.after, other.after]).eql(['UNKNOWN_OUTCOME', undefined, undefined, 0]);
    await clock.advance(1000);
    should([second.reg, second.after, third.after]).eql(['NO_SIM', 10, 10]);
    should(done).eql(['1 slot 1', '2 reset', '1 slot 2']);
  });

  it('is STOPPED while it waits, for its turn or for the port, and sends nothing more', async () => {
    const { set, clock, done, shown } = gateway();
    const removal = new AbortController();
    shown.reg = 'NO_SIM';
    const ends = [set(command('reset'), 60, removal.signal), set(command('slot', '1'), 60, removal.signal)];
    await clock.advance(5000);
    removal.abort();
    await clock.advance(0);
    should(ends).eql(Array(2).fill({ code: 'STOPPED', after: 5 }));
    should(done).eql(['1 reset']);
  });
});
