import type { Clock } from '../../../clock';
import { pause } from '../../../concurrency';
import { type GatewayClient, GatewayError, isRetryable, type StkGoRequest, type StkView } from '../../../gateway-api';
import type { RequestQueue } from '../../requestQueue/RequestQueue';
import { stopped } from '../../requestQueue/slot';

/** What a menu needs of the client. */
export type StkApi = Pick<GatewayClient, 'getStkView' | 'stkGo' | 'getStkCurrFrameIndex'>;

export interface MenuOptions {
  requests: RequestQueue<StkApi>;
  clock: Clock;
  port: number;
  /** How long the next frame may take, in ms. */
  wait: number;
  signal?: AbortSignal;
}

/** How long to wait before asking for the frame the first, second … time, in ms; a SIM takes one to three seconds. */
const FIRST_FRAME_PAUSES_MS = [300, 500, 700];
const FRAME_PAUSE_MS = 1000;
/** A SIM that stands at its desktop may stay there without a new frame: how long to wait for one all the same, in ms. */
const DESKTOP_TIMEOUT_MS = 2000;

/** The menu of the SIM in one port: a frame at a time (manual 13 to 15). */
export class Menu {
  constructor(private readonly options: MenuOptions) {}

  /** The number of the frame that is shown (manual 15). */
  async frame(): Promise<number> {
    const { requests, port, signal } = this.options;
    const turn = { kind: 'command' as const, signal };
    const { frame_id } = await requests.run(turn, (api) => api.getStkCurrFrameIndex({ port }, { signal }));
    return frame_id;
  }

  /** What is shown (manual 13). */
  async view(): Promise<StkView> {
    const { requests, port, signal } = this.options;
    const turn = { kind: 'command' as const, signal };
    // The answer is the record: what is said of the answer doesn't belong to it.
    const {
      error_code: _code,
      sn: _sn,
      ...view
    } = await requests.run(turn, (api) => api.getStkView({ port }, { signal }));
    return view as StkView;
  }

  /**
   * What is shown, and the number of that frame: one that comes late, of a step before, must not pass for the next one.
   * @param known what was shown a moment ago
   */
  async look(known?: StkView): Promise<{ view: StkView; frame: number }> {
    const view = known ?? (await this.view());
    const frame = await this.frame();
    return { view: frame === view.frame_id ? view : await this.view(), frame };
  }

  /**
   * Does something and resolves with the frame that follows. Rejects with `TIMEOUT` when there is none in time: not
   * retryable, because the SIM may yet act upon what it was given.
   */
  async go(step: Omit<StkGoRequest, 'port'>, frame: number): Promise<StkView> {
    await this.send(step);
    const view = await this.next(frame);
    if (view) return view;
    throw this.tooLate();
  }

  /** Goes to the first screen. A SIM that is there already may show no new frame. */
  async home(): Promise<StkView> {
    const { view, frame } = await this.look();
    await this.send({ action: 'home' });
    const isHome = view.input_kind === 'desktop';
    const next = await this.next(frame, isHome ? DESKTOP_TIMEOUT_MS : undefined);
    const shown = next ?? (await this.view());
    if (next || shown.input_kind === 'desktop') return shown;
    throw this.tooLate();
  }

  /** The frame after the given one; undefined when there is none within `wait`. */
  async next(frame: number, atMost = Number.POSITIVE_INFINITY): Promise<StkView | undefined> {
    const { clock, wait } = this.options;
    const end = clock.monotonic() + Math.min(wait, atMost);
    for (let tries = 0; ; tries++) {
      await this.rest(Math.min(FIRST_FRAME_PAUSES_MS[tries] ?? FRAME_PAUSE_MS, Math.max(0, end - clock.monotonic())));
      try {
        if ((await this.frame()) !== frame) return await this.view();
        if (clock.monotonic() >= end) return undefined;
      } catch (error) {
        const isPassing = error instanceof GatewayError && isRetryable(error.code);
        if (!isPassing || clock.monotonic() >= end) throw afterTheStep(error);
      }
    }
  }

  private async send(step: Omit<StkGoRequest, 'port'>): Promise<void> {
    const { requests, port, signal } = this.options;
    await requests.run({ kind: 'command', signal }, (api) => api.stkGo({ port, ...step }, { signal }));
  }

  private async rest(ms: number): Promise<void> {
    const { clock, signal } = this.options;
    await pause(clock, ms, signal);
    if (signal?.aborted) throw stopped();
  }

  private tooLate(): GatewayError {
    const { port, wait } = this.options;
    const why = `The SIM in port ${port} took the step and showed no new frame within ${wait / 1000} s; it may yet act upon it`;
    return new GatewayError('TIMEOUT', why, 'unknown', { retryable: false });
  }
}

// The gateway has taken the step: a flow that tries again would make it twice.
function afterTheStep(error: unknown): unknown {
  if (!(error instanceof GatewayError) || !error.cause.retryable) return error;
  const { code, message, cause } = error;
  const why = `The step was taken, but not what followed: ${message}`;
  return new GatewayError(code, why, 'unknown', { ...cause, retryable: false });
}
