import fc from 'fast-check';
import should from 'should';
import { readPlans } from '../../../../lib/plans';
import { startScripted } from '../../../support/core';
import { MovingCards } from './MovingCards';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;
const PORTS = 3;
const MOST = 4;
const DAYS = 2;
const RECIPIENTS = ['771', '772', '773', '774'];

type Step =
  | { kind: 'send'; to: number; isHigh: boolean; only?: number }
  | { kind: 'swap'; one: number; other: number }
  | { kind: 'away' | 'back'; port: number }
  | { kind: 'rest'; port: number; minutes: number }
  | { kind: 'wait'; minutes: number };

const port = fc.nat(PORTS - 1);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('send' as const),
      to: fc.nat(RECIPIENTS.length - 1),
      isHigh: fc.boolean(),
      only: fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: port }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('swap' as const), one: port, other: port }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('away' as const, 'back' as const), port }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('rest' as const), port, minutes: fc.integer({ min: 2, max: 90 }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('wait' as const),
      minutes: fc.oneof(fc.integer({ min: 1, max: 60 }), fc.constantFrom(12 * 60, 24 * 60, 3 * 24 * 60)),
    }),
  },
);

const send = (more: { isHigh?: boolean; only?: number } = {}): Step => ({
  kind: 'send',
  to: 0,
  isHigh: false,
  ...more,
});
/** Each of the commoner reasons once: a card that is used up, one that he had long enough, another port. */
const KNOWN: Step[] = [
  ...Array.from({ length: MOST }, () => send()),
  send({ isHigh: true }),
  { kind: 'wait', minutes: 3 * 24 * 60 },
  send(),
  send({ only: 2 }),
];

interface Sent {
  at: number;
  card: string;
  number: string;
  isHigh: boolean;
  only: number | undefined;
}

/** What is known of the cards beside what left: kept by the test, and by no line of what it judges. */
class World {
  readonly sent: Sent[] = [];
  readonly restsUntil = new Map<string, number>();

  /**
   * Why a recipient's SIM may have changed; undefined = there is no reason.
   * @param before what he had last: of several in one and the same millisecond any may have been the last
   */
  reason(one: Sent, before: readonly Sent[], cards: MovingCards, mode: 'prefer' | 'always'): string | undefined {
    const reasons = before.map((last) => this.reasonAfter(one, last, cards, mode));
    return reasons.find((reason) => reason !== undefined);
  }

  private reasonAfter(one: Sent, before: Sent, cards: MovingCards, mode: 'prefer' | 'always'): string | undefined {
    if (one.at >= before.at + DAYS * DAY) return 'he had it long enough';
    const place = cards.portOf(before.card);
    if (place === undefined) return 'its card is not there';
    if (one.only !== undefined && one.only !== place) return 'the SMS names another port';
    const mayLeave = mode === 'prefer' || one.isHigh;
    if (mayLeave && cards.isAway(place)) return 'it is not registered';
    if (mayLeave && (this.restsUntil.get(before.card) ?? 0) > one.at) return 'it rests';
    if (mayLeave && this.usedBy(before.card, one.at) >= MOST) return 'it is used up';
    return undefined;
  }

  usedBy(card: string, at: number): number {
    const day = Math.floor(at / DAY);
    return this.sent.filter((one) => one.card === card && Math.floor(one.at / DAY) === day && one.at <= at).length;
  }
}

describe('the SIM of a recipient', function () {
  this.timeout(120_000);

  for (const mode of ['prefer', 'always'] as const) {
    it(`changes only where the rules of "${mode}" say so, whatever happens`, async () => {
      const seen = { kept: 0, reasons: new Map<string, number>() };
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 60 }), async (steps) => {
          const world = new World();
          const api = new MovingCards(PORTS);
          const limits = [{ count: 'sms', per: 'day', max: MOST }];
          const plans = readPlans([{ limits, reserve: 0, sticky: { mode, days: DAYS } }], 'UTC');
          const core = await startScripted({ settings: { queueLimit: 2, plans }, api });
          const sims = core.gateways.of('gateway')?.sims;
          const asked = new Map<number, { isHigh: boolean; only: number | undefined }>();
          const before = new Map<string, Sent[]>();
          api.onSent = (card, number, id) => {
            const one = {
              at: core.clock.now(),
              card,
              number,
              ...(asked.get(id) ?? { isHigh: false, only: undefined }),
            };
            const last = before.get(number) ?? [];
            if (last.some((other) => other.card === card)) seen.kept += 1;
            else if (last.length > 0) {
              const reason = world.reason(one, last, api, mode);
              should(reason).not.equal(
                undefined,
                `${number} left ${last[0]?.card} for ${card}: ${JSON.stringify(one)}`,
              );
              seen.reasons.set(reason ?? '', (seen.reasons.get(reason ?? '') ?? 0) + 1);
            }
            world.sent.push(one);
            before.set(number, [one, ...last.filter(({ at }) => at === one.at)]);
          };
          let id = 100;
          try {
            for (const one of steps) {
              switch (one.kind) {
                case 'send':
                  id += 1;
                  asked.set(id, { isHigh: one.isHigh, only: one.only });
                  await core.take({
                    to: [{ number: RECIPIENTS[one.to] ?? '', user_id: id }],
                    text: String(id),
                    validity: 0,
                    priority: one.isHigh ? 'high' : 'normal',
                    ...(one.only !== undefined && { ports: [one.only] }),
                  });
                  await core.clock.advance(10 * SECOND);
                  break;
                case 'swap':
                  api.swap(one.one, one.other);
                  await core.clock.advance(MINUTE);
                  break;
                case 'away':
                case 'back':
                  api.setAway(one.port, one.kind === 'away');
                  await core.clock.advance(MINUTE);
                  break;
                case 'rest': {
                  const card = api.cardIn(one.port);
                  world.restsUntil.set(card, core.clock.now() + one.minutes * MINUTE);
                  await sims?.rest({ port: one.port }, one.minutes * 60);
                  // What is held is looked at again by that: nobody swaps cards in the moment in which it leaves.
                  await core.clock.advance(10 * SECOND);
                  break;
                }
                default:
                  // What became of the last ones is known before: else they may count for the day that comes, too.
                  await core.clock.advance(MINUTE);
                  core.clock.sleep(Math.max(0, one.minutes - 2) * MINUTE);
                  await core.clock.advance(MINUTE);
              }
            }
            should(core.failures).eql([]);
          } finally {
            await core.close();
          }
        }),
        { numRuns: 12, examples: [[KNOWN]] },
      );
      // Otherwise it says nothing: SIMs are kept more often than they change, and all reasons have come about.
      const reasons = [...seen.reasons.keys()];
      should(seen.kept).be.above(30);
      should(reasons).containEql('he had it long enough');
      should(reasons).containEql('it is used up');
      should(reasons).containEql('the SMS names another port');
    }).timeout(400_000);
  }
});
