import should from 'should';
import type { SmsFilter } from '../../../../lib/gateway-api';
import { readPlans } from '../../../../lib/plans';
import { startScripted } from '../../../support/core';
import { PortsApi } from './PortsApi';

const MINUTE = 60_000;
const PLAN = { limits: [{ count: 'sms', per: 'day', max: 3 }], reserve: 0, sticky: 'off' };

/** A gateway with one port, whose records name the IMSI by which an SMS went, if it is new enough. */
class SwappedApi extends PortsApi {
  override count = 1;
  isNew = true;
  private cardsIn = 0;

  /** Somebody puts another card into the port. */
  swap(): void {
    this.cardsIn += 1;
    this.slots = [this.cardsIn];
  }

  get imsi(): string {
    return `99970000000000${this.cardsIn}`;
  }

  override async querySmsResult(filter: SmsFilter) {
    const { result, ...rest } = await super.querySmsResult(filter);
    return { ...rest, result: this.isNew ? result.map((one) => ({ ...one, imsi: this.imsi })) : result };
  }
}

describe('a card that is changed by hand while SMS lie in the gateway', () => {
  let core: Awaited<ReturnType<typeof startScripted>>;
  let api: SwappedApi;
  beforeEach(async () => {
    api = new SwappedApi();
    core = await startScripted({ settings: { queueLimit: 5, plans: readPlans([PLAN], 'UTC') }, api });
  });
  afterEach(() => core.close());

  const used = async (): Promise<number[]> => {
    const all = (await core.gateways.of('gateway')?.sims.usage()) ?? [];
    return all.flatMap((sim) => sim.used.map(({ value }) => value));
  };

  const lieThereWhileItIsSwapped = async (): Promise<void> => {
    api.verdict = () => undefined;
    await core.take({ to: ['7701', '7702'], validity: 0 });
    await core.clock.advance(MINUTE);
    should(await used()).eql([2]);
    api.swap();
    await core.clock.advance(MINUTE);
    should(await used()).eql([0]);
    api.verdict = () => 'SENT_OK';
    await core.clock.advance(10 * MINUTE);
  };

  it('is charged for those that went by it, where the gateway tells that, and the one that was there gets them back', async () => {
    await lieThereWhileItIsSwapped();
    should(await used()).eql([2]);
    await core.take({ to: ['7703', '7704'], validity: 0 });
    await core.clock.advance(5 * MINUTE);
    should(api.by(0)).eql(['7701', '7702', '7703']);
  });

  it('is charged nothing where the gateway tells nothing of cards: the one that they were handed to is', async () => {
    api.isNew = false;
    await lieThereWhileItIsSwapped();
    should(await used()).eql([0]);
  });
});
