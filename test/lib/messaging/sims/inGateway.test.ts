import should from 'should';
import { inGateway } from '../../../../lib/messaging/sims/inGateway';
import type { SmsCriterion, StoredSms } from '../../../../lib/store';

describe('what lies in the gateway', () => {
  it('is found whole, page by page, in each of its stages', async () => {
    const lying = { submitting: 0, doubt: 1000, gateway: 2500 } as const;
    const asked: string[] = [];
    const find = async (_gateways: string[], by: SmsCriterion): Promise<StoredSms[]> => {
      const { stage, after, limit } = by as { stage: keyof typeof lying; after: number; limit: number };
      asked.push(`${stage} ${after}`);
      const ids = Array.from({ length: lying[stage] }, (_, place) => place + 1).filter((id) => id > after);
      return ids.slice(0, limit).map((id) => ({ id, stage }) as StoredSms);
    };
    const found = await inGateway({ store: { find }, members: new Set(['g']) });
    should(found).have.length(3500);
    should(asked).eql(['submitting 0', 'doubt 0', 'doubt 1000', 'gateway 0', 'gateway 1000', 'gateway 2000']);
  });
});
