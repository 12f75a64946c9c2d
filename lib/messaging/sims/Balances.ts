import type { Clock } from '../../clock';
import type { GatewayClient } from '../../gateway-api';
import type { BalancePlan } from '../../plans';
import type { UssdDialogs } from '../dialogs/ussd/UssdDialogs';
import type { RequestQueue } from '../requestQueue/RequestQueue';
import type { PeriodicTask } from '../Scheduler';
import type { Card } from './Cards';
import { type ReadByJsonata, readBalance } from './readBalance';
import type { SimPlans } from './SimPlans';

export interface BalancesOptions {
  plans: SimPlans;
  ussd: Pick<UssdDialogs, 'dialogue'>;
  requests: Pick<RequestQueue<Pick<GatewayClient, 'getPortInfo'>>, 'run'>;
  clock: Clock;
  getByJsonata: ReadByJsonata;
  /** Aborts when the queue closes. */
  signal: AbortSignal;
  /** Told when a balance is known that wasn't. */
  onChange: () => void;
  /** Told when the next one is due sooner. */
  onDue: () => void;
}

/** How often it is looked whether a card has come, in ms: the first balance is read within a minute. */
const LOOK_MS = 15_000;
/** After how long one that couldn't be asked for is asked for again, in ms. */
const RETRY_MS = 15 * 60_000;
const HOUR_MS = 3_600_000;
/** How long a reply is waited for, in ms. */
const REPLY_TIMEOUT_MS = 60_000;
/** Some firmware counts money: -1 is none that it knows. */
const CREDITS = ['remain_credit'];

/** Learns the credit of cards, by a USSD dialogue that waits for its turn like any other, or from the firmware. */
export class Balances implements PeriodicTask {
  /** When each card is due (monotonic, in ms); one that isn't there is due now. */
  private readonly dueAt = new Map<string, number>();

  constructor(private readonly options: BalancesOptions) {}

  /** A card's balance is to be read now. */
  soon(card: string): void {
    this.dueAt.delete(card);
    this.options.onDue();
  }

  async due(): Promise<number | undefined> {
    if (!this.options.plans.all.some(({ balance }) => balance !== undefined)) return undefined;
    const now = this.options.clock.monotonic();
    const moments = this.asked().map(({ card }) => (this.dueAt.get(card.key) ?? now) - now);
    return Math.min(LOOK_MS, ...moments);
  }

  async run(): Promise<void> {
    const now = this.options.clock.monotonic();
    const asked = this.asked();
    for (const key of this.dueAt.keys()) if (!asked.some(({ card }) => card.key === key)) this.dueAt.delete(key);
    const due = asked.filter(({ card }) => (this.dueAt.get(card.key) ?? now) <= now);
    for (const { card, balance } of due) {
      this.dueAt.set(card.key, now + balance.every * HOUR_MS);
      // A dialogue may have to wait for a long time: others are due meanwhile.
      void this.read(card, balance);
    }
  }

  /** The cards that are registered, and whose plan wants to know. */
  private asked(): { card: Card; balance: BalancePlan }[] {
    const { plans } = this.options;
    return plans.cards.all.flatMap((card) => {
      const { balance } = plans.planOf(card) ?? {};
      return balance && card.isReady ? [{ card, balance }] : [];
    });
  }

  /** Never rejects: what couldn't be asked is asked again. */
  private async read(card: Card, balance: BalancePlan): Promise<void> {
    const { plans, clock, getByJsonata, onChange } = this.options;
    try {
      const text = await this.ask(card.port, balance);
      const value = balance.codes.length === 0 ? creditOf(text) : await readBalance(text, balance, getByJsonata);
      // The card may have been changed meanwhile: then the text is of nobody knows which.
      if (!plans.cards.all.some(({ key, port }) => key === card.key && port === card.port)) return;
      await plans.notes.put(card.key, { balance: { value, text, at: clock.now() } });
      onChange();
    } catch {
      this.dueAt.set(card.key, clock.monotonic() + Math.min(RETRY_MS, balance.every * HOUR_MS));
    }
  }

  private async ask(port: number, { codes }: BalancePlan): Promise<string> {
    const { ussd, requests, signal } = this.options;
    if (codes.length > 0) return (await ussd.dialogue([port], codes, REPLY_TIMEOUT_MS, signal))[0]?.text ?? '';
    const { info } = await requests.run({ kind: 'watch', signal }, (api) =>
      api.getPortInfo({ port: [port], info_type: CREDITS }),
    );
    return String(info.find((one) => one.port === port)?.remain_credit ?? '');
  }
}

/** What the firmware says; -1 where it counts nothing. */
function creditOf(text: string): number | null {
  const credit = text === '' ? Number.NaN : Number(text);
  return Number.isFinite(credit) && credit !== -1 ? credit : null;
}
