import should from 'should';
import { GatewayError, type StkGoRequest, type StkView } from '../../../../../lib/gateway-api';
import { StkMenus } from '../../../../../lib/messaging/dialogs/stk/StkMenus';
import { readStkRequest, type StkRequest } from '../../../../../lib/messaging/dialogs/stk/stkRequest';
import { RequestQueue } from '../../../../../lib/messaging/requestQueue/RequestQueue';
import { FakeClock } from '../../../../support/FakeClock';

type Screen = Partial<Pick<StkView, 'title' | 'text' | 'input_type' | 'input_kind'>> & { items?: string[] };

const DESKTOP: Screen = { title: 'Home', input_kind: 'desktop', items: ['Menu', 'Wait'] };
const MENU: Screen = { title: 'Menu', input_kind: 'select', items: ['Deeper', 'Menu'] };
const PLEASE_WAIT: Screen = { title: 'Please wait', input_kind: 'display' };

/** A SIM whose every screen the test shows itself, when it wants to. */
class Sim {
  readonly steps: Omit<StkGoRequest, 'port'>[] = [];
  readonly failures: Error[] = [];
  /** What happens at a step; by default nothing. */
  answer: (step: Omit<StkGoRequest, 'port'>) => void = () => undefined;
  frame = 1;
  private screen: Screen = DESKTOP;

  show(screen: Screen): void {
    this.screen = screen;
    this.frame += 1;
  }

  async getStkView(): Promise<StkView> {
    this.failOnce();
    const { items = [], title = '', input_kind = 'display' } = this.screen;
    const item = items.map((item_string, place) => ({ item_id: place + 1, item_string }));
    return { port: 0, title, text: '', input_type: 0, input_kind, frame_id: this.frame, item, error_code: 200 };
  }

  async getStkCurrFrameIndex() {
    this.failOnce();
    return { port: 0, frame_id: this.frame };
  }

  async stkGo({ port: _port, ...step }: StkGoRequest) {
    this.steps.push(step);
    this.answer(step);
    return { error_code: 200 };
  }

  private failOnce(): void {
    const failure = this.failures.shift();
    if (failure) throw failure;
  }
}

function start() {
  const clock = new FakeClock();
  const sim = new Sim();
  const menus = new StkMenus({ requests: new RequestQueue({ api: sim, clock, concurrency: 1 }), clock });
  const run = (asked: Partial<StkRequest> & { action: string }, signal?: AbortSignal) => {
    const running = menus.run({ port: 0, wait: 10_000, ...asked } as StkRequest, signal);
    const ended: { view?: StkView; error?: GatewayError; at?: number } = {};
    void running
      .then(
        (view) => Object.assign(ended, { view }),
        (error: GatewayError) => Object.assign(ended, { error }),
      )
      .then(() => Object.assign(ended, { at: clock.now() }));
    return ended;
  };
  const walk = (...steps: unknown[]) => readStkRequest({ port: 0, action: 'walk', param: steps, wait: 10 });
  return { clock, sim, run, walk };
}

const unreadable = (): GatewayError => new GatewayError('BAD_REPLY', 'cut short', 'unknown');

describe('a step in a SIM’s menu', () => {
  it('is answered with the next frame as soon as that is there', async () => {
    const { clock, sim, run } = start();
    const ended = run({ action: 'select', item: 'menu' });
    await clock.advance(2000);
    should(sim.steps).eql([{ item: 1 }]);
    should(ended).eql({});
    sim.show(MENU);
    await clock.advance(1000);
    should(ended.view).match({ title: 'Menu', frame_id: 2 }).and.not.have.property('error_code');
  });

  it('ends as a TIMEOUT that must not be repeated when no frame comes within the wait', async () => {
    const { clock, run } = start();
    const ended = run({ action: 'ok', wait: 4000 });
    await clock.advance(3900);
    should(ended).eql({});
    await clock.advance(200);
    should(ended.error).match({ code: 'TIMEOUT', cause: { retryable: false } });
    should(ended.error?.message).match(/port 0 .* 4 s/);
  });

  it('is looked for after 0.3, 0.5 and 0.7 s, then each second, to the end of the wait and no longer', async () => {
    const { clock, sim, run } = start();
    const asked: number[] = [];
    const frame = sim.getStkCurrFrameIndex.bind(sim);
    sim.getStkCurrFrameIndex = () => {
      asked.push(clock.now());
      return frame();
    };
    const before = clock.now();
    const ended = run({ action: 'ok', wait: 4000 });
    await clock.advance(20_000);
    should(asked.map((at) => at - before)).eql([0, 300, 800, 1500, 2500, 3500, 4000]);
    should(ended.error).match({ code: 'TIMEOUT', taken: 'unknown', cause: { retryable: false } });
    should(ended.error?.message).equal(
      'The SIM in port 0 took the step and showed no new frame within 4 s; it may yet act upon it',
    );
  });

  it('leaves as it is wanted: ok, cancel, an item by its id, an answer', async () => {
    const { clock, sim, run } = start();
    sim.answer = () => sim.show(MENU);
    for (const action of ['ok', 'cancel', 'home'] as const) {
      run({ action });
      await clock.advance(5000);
    }
    run({ action: 'select', item: 'Deeper' } as never);
    await clock.advance(5000);
    sim.show({ input_kind: 'digits', title: 'PIN' });
    run({ action: 'input', param: '1234' } as never);
    await clock.advance(5000);
    should(sim.steps).eql([{ action: 'ok' }, { action: 'cancel' }, { action: 'home' }, { item: 1 }, { param: '1234' }]);
  });

  it('isn’t taken to look: what is shown is answered as it stands, without what is said of the answer', async () => {
    const { clock, sim, run } = start();
    const looks = [run({ action: 'view' }), run({ action: 'frame' })];
    await clock.advance(0);
    should(looks[0]?.view).eql({
      ...{ port: 0, title: 'Home', text: '', input_type: 0, input_kind: 'desktop', frame_id: 1 },
      item: [
        { item_id: 1, item_string: 'Menu' },
        { item_id: 2, item_string: 'Wait' },
      ],
    });
    should(looks[1]?.view).eql({ port: 0, frame_id: 1 });
    should(sim.steps).eql([]);
  });

  it('isn’t given up when looking fails for a while; what fails to the end is told as not to be repeated', async () => {
    const { clock, sim, run } = start();
    sim.answer = () => {
      sim.failures.push(unreadable(), unreadable());
      sim.show(MENU);
    };
    const ended = run({ action: 'select', item: 1 });
    await clock.advance(3000);
    should(ended.view).match({ title: 'Menu' });
    sim.answer = () => sim.failures.push(...Array.from({ length: 50 }, unreadable));
    const failed = run({ action: 'select', item: 1 });
    await clock.advance(20_000);
    should(failed.error).match({ code: 'BAD_REPLY', message: /The step was taken/, cause: { retryable: false } });
  });

  it('isn’t answered with a frame that comes late, of the step before', async () => {
    const { clock, sim, run } = start();
    run({ action: 'ok', wait: 1000 });
    await clock.advance(1500);
    sim.show(MENU);
    const ended = run({ action: 'select', item: 'Deeper' });
    await clock.advance(3000);
    should(sim.steps.at(-1)).eql({ item: 1 });
    should(ended).eql({});
    sim.show({ title: 'Deeper' });
    await clock.advance(1000);
    should(ended.view).match({ title: 'Deeper' });
  });

  it('home is no failure of a SIM that is there already and shows no new frame', async () => {
    const { clock, sim, run } = start();
    const ended = run({ action: 'home' });
    await clock.advance(2500);
    should(ended.view).match({ title: 'Home' });
    sim.show(MENU);
    const stuck = run({ action: 'home' });
    await clock.advance(11_000);
    should(stuck.error).match({ code: 'TIMEOUT', cause: { retryable: false } });
  });

  it('waits for the one before on its port, and gives its turn back when its node is removed', async () => {
    const { clock, sim, run } = start();
    const first = run({ action: 'ok', wait: 2000 });
    const removal = new AbortController();
    const second = run({ action: 'cancel' }, removal.signal);
    const other = run({ action: 'cancel', port: 1 });
    const third = run({ action: 'home', wait: 2000 });
    await clock.advance(100);
    should(sim.steps).eql([{ action: 'ok' }, { action: 'cancel' }]);
    removal.abort();
    await clock.advance(0);
    should(second.error?.code).equal('STOPPED');
    await clock.advance(5000);
    should([first.error?.code, second.error?.code]).eql(['TIMEOUT', 'STOPPED']);
    should(third.view).match({ title: 'Home' });
    should(sim.steps).eql([{ action: 'ok' }, { action: 'cancel' }, { action: 'home' }]);
    should(other).eql({});
    await clock.advance(10_000);
    should(clock.running).equal(0);
  });

  it('ends at once when its node is removed while it waits', async () => {
    const { clock, run } = start();
    const removal = new AbortController();
    const ended = run({ action: 'ok' }, removal.signal);
    await clock.advance(1000);
    removal.abort();
    await clock.advance(0);
    should(ended.error?.code).equal('STOPPED');
    should(clock.running).equal(0);
  });
});

describe('a walk through a SIM’s menu', () => {
  it('waits through a screen that only says to wait', async () => {
    const { clock, sim, run, walk } = start();
    sim.answer = ({ item }) => {
      if (item !== 1) return;
      sim.show(sim.steps.length === 1 ? PLEASE_WAIT : { title: 'There' });
      if (sim.steps.length === 1) clock.after(2000, () => sim.show(MENU));
    };
    const ended = run(walk('menu', 'deeper'));
    await clock.advance(10_000);
    should(ended.view).match({ title: 'There' });
    should(sim.steps).eql([{ item: 1 }, { item: 1 }]);
  });

  it('begins at home, from wherever the menu stands', async () => {
    const { clock, sim, run, walk } = start();
    sim.show(MENU);
    sim.answer = ({ action }) => sim.show(action === 'home' ? DESKTOP : MENU);
    const ended = run(walk('menu'));
    await clock.advance(5000);
    should(sim.steps).eql([{ action: 'home' }, { item: 1 }]);
    should(ended.view).match({ title: 'Menu' });
  });

  it('takes no step when it can’t find out where it is', async () => {
    const { clock, sim, run, walk } = start();
    sim.failures.push(unreadable());
    const ended = run(walk('menu'));
    await clock.advance(1000);
    should(ended.error).match({ code: 'BAD_REPLY', cause: { retryable: true } });
    should(sim.steps).be.empty();
  });
});
