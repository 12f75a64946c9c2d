import should from 'should';
import type { Access } from '../../../lib/gateway-api/access';
import { NonceReuse } from '../../../lib/gateway-api/NonceReuse';

/** A nonce that has served some requests. */
const nonce = (served: number): Access => ({ kind: 'digest', successes: served, uses: served, sign: () => undefined });

/** How often a request is sent ahead while a nonce serves `requests` of them. */
function sentAhead(life: NonceReuse, requests: number): number {
  const access = { ...nonce(0), uses: 0 };
  let ahead = 0;
  for (let request = 0; request < requests; request++) {
    if (life.isOver(access)) ahead++;
    access.uses++;
    access.successes++;
    life.worked(access);
  }
  return ahead;
}

describe("a nonce's life", () => {
  it('is taken to be endless until one has ended', () => {
    const life = new NonceReuse();
    should(life.isOver(nonce(1_000_000))).be.false();
    should(sentAhead(life, 1000)).equal(0);
  });

  it('is taken to be as long as the last one’s', () => {
    const life = new NonceReuse();
    life.ended(nonce(10));
    should(life.isOver(nonce(9))).be.false();
    should(life.isOver(nonce(10))).be.true();
    should(sentAhead(life, 10)).equal(0);
  });

  it('is at least one request long', () => {
    const life = new NonceReuse();
    life.ended(nonce(0));
    should(life.isOver(nonce(0))).be.false();
  });

  it('is given more and more time where it outlives the last one, which perhaps ended by age', () => {
    const life = new NonceReuse();
    life.ended(nonce(3));
    should(sentAhead(life, 1000)).be.within(1, 10);
    life.ended(nonce(3));
    should(life.isOver(nonce(3))).be.true();
  });

  it('is nothing that a gateway without a login or with Basic has', () => {
    const life = new NonceReuse();
    life.ended(nonce(1));
    for (const kind of ['open', 'basic'] as const) should(life.isOver({ ...nonce(5), kind })).be.false();
  });
});
