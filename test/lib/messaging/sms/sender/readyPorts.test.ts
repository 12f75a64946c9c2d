import should from 'should';
import { GatewayError, type PortInfo } from '../../../../../lib/gateway-api';
import { Admission } from '../../../../../lib/messaging/sms/sender/Admission';
import { ReadyPorts } from '../../../../../lib/messaging/sms/sender/ReadyPorts';
import { FakeClock } from '../../../../support/FakeClock';

const away = new GatewayError('TIMEOUT', 'slow', 'unknown');

describe('ports, as far as SMS wait for them', () => {
  let clock: FakeClock;
  let admission: Admission;
  let ports: ReadyPorts;
  let looked: number;

  beforeEach(() => {
    clock = new FakeClock();
    admission = new Admission(2);
    looked = 0;
    ports = new ReadyPorts(clock, admission);
    ports.room.on(() => {
      looked += 1;
    });
  });

  /** A gateway that tells this of its ports, and this length of its queue; an Error is what it fails with. */
  function gateway(info: PortInfo[] | Error, in_queue: number | Error = 0) {
    const asked: string[] = [];
    return {
      asked,
      getPortInfo: async (query: { info_type: string[] }) => {
        asked.push(`ports: ${query.info_type}`);
        if (info instanceof Error) throw info;
        return { error_code: 200, info };
      },
      querySmsInQueue: async () => {
        asked.push('queue');
        if (in_queue instanceof Error) throw in_queue;
        return { error_code: 200, in_queue };
      },
    };
  }

  it('are ready when they are registered, port 0 as well', async () => {
    const api = gateway([
      { port: 0, reg: 'REGISTER_OK' },
      { port: 1, reg: 'NO_SIM' },
      { port: 2, reg: 'REGISTER_OK' },
      { port: 3, reg: 'SEARCHING_NETWORK' },
      { port: 4 },
    ]);
    await ports.learn(api);
    should([...(admission.readyPorts ?? [])]).deepEqual([0, 2]);
    should(api.asked).deepEqual(['ports: reg']);
  });

  it('are none when none is registered', async () => {
    await ports.learn(gateway([{ port: 0, reg: 'NO_SIM' }]));
    should(admission.readyPorts?.size).equal(0);
  });

  it("all count as ready where the gateway can't say", async () => {
    for (const unable of [away, [], [{ port: 0 }, { port: 1 }]]) {
      admission.readyPorts = new Set([5]);
      await ports.learn(gateway(unable));
      should(admission.readyPorts).be.undefined();
    }
  });

  it('are asked for again after 15 seconds, and only where SMS are counted', async () => {
    should(ports.stale).be.true();
    await ports.learn(gateway([]));
    should(ports.stale).be.false();
    await clock.advance(14_999);
    should(ports.stale).be.false();
    await clock.advance(1);
    should(ports.stale).be.true();
    admission.queueLimit = 0;
    should(ports.stale).be.false();
  });

  it('are not asked for in a loop by a gateway that does not answer', async () => {
    await ports.learn(gateway(away));
    should(ports.stale).be.false();
  });

  it('are asked for again at once when one has registered or dropped out', async () => {
    await ports.learn(gateway([]));
    ports.changed();
    should(ports.stale).be.true();
    should(looked).equal(1);
  });

  describe("the gateway's queue", () => {
    it('is asked for while it is known to hold something', async () => {
      const api = gateway([{ port: 0, reg: 'REGISTER_OK' }], 3);
      admission.inQueue = 50;
      await ports.learn(api);
      should(admission.inQueue).equal(3);
      should(api.asked).deepEqual(['ports: reg', 'queue']);
    });

    it('holds nothing up once the gateway can no longer say its length', async () => {
      admission.inQueue = 50;
      await ports.learn(gateway([{ port: 0, reg: 'REGISTER_OK' }], away));
      should(admission.inQueue).equal(0);
      should([...(admission.readyPorts ?? [])]).deepEqual([0], 'what is known of the ports stays');
    });
  });

  describe('SMS that wait for room', () => {
    it('are looked at when what is known of the ports has grown old', async () => {
      await ports.learn(gateway([]));
      await clock.advance(5000);
      ports.waitForRoom();
      ports.waitForRoom();
      await clock.advance(9999);
      should(looked).equal(0);
      await clock.advance(1);
      should(looked).equal(1);
      should(ports.stale).be.true();
    });

    it('are looked at at once when nothing is known', async () => {
      ports.waitForRoom();
      await clock.advance(0);
      should(looked).equal(1);
    });

    it('are left alone after the stop', async () => {
      ports.waitForRoom();
      ports.stop();
      await clock.advance(60_000);
      should(looked).equal(0);
    });
  });
});
