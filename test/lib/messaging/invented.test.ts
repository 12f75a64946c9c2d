import should from 'should';
import { HomeCountry } from '../../../lib/messaging/HomeCountry';
import { Pushes } from '../../../lib/messaging/Pushes';
import { MOST_UNLISTED, SeenCdrs } from '../../../lib/messaging/watching/cdr/SeenCdrs';
import { PortWatcher } from '../../../lib/messaging/watching/ports/PortWatcher';
import { FakeClock } from '../../support/FakeClock';

describe('what a pusher or a gateway invents', () => {
  const ports = (from: number) =>
    Array.from({ length: 100 }, (_, place) => ({ port: from + place, imsi: '262010000' }));

  it('as SIMs of ports that no gateway has says nothing of the country', () => {
    const reader = { read: async () => ({ ports: [], left_out: [] }) };
    const { signal } = new AbortController();
    const home = new HomeCountry({ settings: { country: '' }, reader, clock: new FakeClock(), signal });
    home.seen(ports(32));
    should(home.country).be.undefined();
    home.seen(ports(0));
    should(home.country).equal('DE');
  });

  it('as ports that no gateway has is neither told nor kept by a watch', async () => {
    const clock = new FakeClock();
    const kept = new Map<string, string>();
    const changed: number[] = [];
    let from = 0;
    const watcher = new PortWatcher({
      ...{ clock, pushes: new Pushes(), question: { info: ['reg'] }, interval: 30_000, signalStep: 3, key: 'key' },
      notes: {
        notes: async () => new Map(),
        putNotes: async (notes) => notes.forEach((note, key) => void kept.set(key, note)),
      },
      reader: {
        read: async () => ({ ports: ports(from).map((info) => ({ ...info, reg: `R${from}` })), left_out: [] }),
      },
      flows: { untilReady: () => Promise.resolve(), untilHandedOn: () => Promise.resolve() },
      onChange: ({ payload }) => void changed.push(payload.port),
      onLook: () => undefined,
      onError: (error) => {
        throw error;
      },
    });
    for (; from < 500; from += 1) await clock.advance(30_000);
    await watcher.stop();
    should(changed.every((port) => port < 32)).be.true();
    should(JSON.parse(kept.get('key') ?? '').ports).have.length(32);
  });

  it('as calls is taken from pushes up to 10,000 between two lists; the list brings what is true of the rest', () => {
    const seen = new SeenCdrs('calls/', new Map());
    const calls = (from: number) =>
      Array.from({ length: 1000 }, (_, place) => ({ port: 0, start_date: `call ${from + place}`, answered: false }));
    let taken = 0;
    for (let from = 0; from < 20_000; from += 1000) {
      const fresh = seen.newOfPushed(calls(from));
      seen.addPushed(fresh);
      taken += fresh.length;
    }
    should(taken).equal(MOST_UNLISTED);
    should(seen.newOf(calls(15_000))).have.length(1000);
    seen.listed(calls(15_000), 0, undefined);
    should(seen.newOfPushed(calls(30_000))).have.length(1000);
  });
});
