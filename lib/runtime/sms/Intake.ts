import type { Clock } from '../../clock';
import { atMost, type Ending, KeyedMutex, Pace } from '../../concurrency';
import { GatewayError } from '../../gateway-api';
import { untilHandedOn } from '../handOn';
import { InputsOfGateway } from './InputsOfGateway';

/** How long the end of a gateway node waits until what was given to it is kept, in ms. */
const KEEP_TIMEOUT_MS = 8000;

/** Inputs that are begun in a turn of the event loop: ten milliseconds or so, with what else a burst brings about. */
const MOST_IN_A_TURN = 64;
/** The same while an alarm is on its way: each of its steps, from its input to the gateway's answer, takes a turn or two. */
const MOST_BESIDE_AN_ALARM = 8;

/** A gateway node, as far as taking goes: resolves when its queue can be used. */
interface Destination<Connected> {
  readonly id: string;
  gateway(): Promise<Connected>;
}

/**
 * Inputs that are being taken: from when they come until their SMS are kept, or refused with an error. What ends a gateway
 * node (a polite end of the process, a stop of the flows, a deploy) waits for them: nobody else knows of them yet.
 */
export class Intake {
  private readonly byGateway = new Map<string, InputsOfGateway>();
  /** Which gateway it is may be known later to who came before: who comes first is kept first all the same. */
  private readonly inOrder = new KeyedMutex<string>({ createAbortError: ended });

  private readonly pace = new Pace(() => (this.hasAlarm() ? MOST_BESIDE_AN_ALARM : MOST_IN_A_TURN));

  /** @param hasAlarm asked whether one is being taken, or leaves */
  constructor(
    private readonly clock: Clock,
    private readonly hasAlarm: () => boolean = () => false,
  ) {}

  /** Whether nothing is being taken. */
  get isEmpty(): boolean {
    return this.byGateway.size === 0;
  }

  /**
   * Calls `begin`, which never throws and is to run the input, when its turn has come: perhaps in a later turn of the event loop.
   * Until then it counts as one that is being taken.
   * @param isUrgent it passes what waits
   */
  inTurn(gateway: string, begin: () => void, isUrgent: boolean): void {
    if (isUrgent) {
      begin();
      return;
    }
    const inputs = this.inputsOf(gateway);
    this.pace.begin(inputs.later(begin, () => this.forgetIdle(gateway, inputs)));
  }

  /**
   * Takes an input by `work`, once its gateway's queue can be used.
   * @param outer what ends with the node that has the input, or the flows
   * @param work the signal that it may ask for aborts when it mustn't wait any longer for what isn't there
   */
  async run<Connected, T>(
    destination: Destination<Connected>,
    outer: Ending,
    work: (connected: Connected, getSignal: () => AbortSignal) => Promise<T>,
  ): Promise<T> {
    const { id } = destination;
    const inputs = this.inputsOf(id);
    try {
      return await inputs.run(outer, async (getSignal) =>
        work(await this.inOrder.run(id, () => destination.gateway()), getSignal),
      );
    } finally {
      this.forgetIdle(id, inputs);
    }
  }

  /** A gateway node is about to end. Resolves when each of its inputs is kept or refused, within 8 seconds. */
  async end(gateway: string): Promise<void> {
    // What was on its way to a node already is one of them.
    await untilHandedOn();
    const inputs = this.byGateway.get(gateway);
    if (!inputs) return;
    inputs.hurry();
    await atMost(this.clock, KEEP_TIMEOUT_MS, inputs.settled());
    inputs.giveUp();
  }

  private inputsOf(gateway: string): InputsOfGateway {
    const inputs = this.byGateway.get(gateway) ?? new InputsOfGateway(ended);
    this.byGateway.set(gateway, inputs);
    return inputs;
  }

  private forgetIdle(gateway: string, inputs: InputsOfGateway): void {
    if (inputs.isIdle && this.byGateway.get(gateway) === inputs) this.byGateway.delete(gateway);
  }
}

const ended = (): GatewayError =>
  new GatewayError(
    'STOPPED',
    'The gateway node ended before the message could be kept; if it was kept all the same, it leaves after the next start',
    'unknown',
  );
