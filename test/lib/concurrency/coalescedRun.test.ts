import fc from 'fast-check';
import should from 'should';
import { CoalescedRun } from '../../../lib/concurrency';

/** Work that writes down how much has changed so far, and ends when the test says. */
class Page {
  changes = 0;
  written = 0;
  runs = 0;
  most = 0;
  private underWay = 0;
  private readonly ends: ((fails: boolean) => void)[] = [];
  readonly saves = new CoalescedRun(() => this.write());

  /** Ends the run that is under way; false when there is none. */
  end(fails = false): boolean {
    const end = this.ends.shift();
    end?.(fails);
    return end !== undefined;
  }

  private async write(): Promise<number> {
    const { changes } = this;
    this.runs += 1;
    this.underWay += 1;
    this.most = Math.max(this.most, this.underWay);
    try {
      await new Promise<void>((resolve, reject) =>
        this.ends.push((fails) => (fails ? reject(new Error()) : resolve())),
      );
    } finally {
      this.underWay -= 1;
    }
    this.written = Math.max(this.written, changes);
    return changes;
  }
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('work that is shared by those who ask for it', () => {
  it('takes with it what changes right after it was asked for, and is done once for all who ask by then', async () => {
    const page = new Page();
    const both = Promise.all([page.saves.run(), page.saves.run()]);
    page.changes = 2;
    should(page.saves.isBusy).be.true();
    await settled();
    page.end();
    should(await both).eql([2, 2]);
    should(page.runs).equal(1);
    should(page.saves.isBusy).be.false();
  });

  it('is done once more, and not twice, for all who ask while it is being done', async () => {
    const page = new Page();
    const first = page.saves.run();
    await settled();
    page.changes = 1;
    const later = [page.saves.run(), page.saves.run(), page.saves.run()];
    page.end();
    should(await first).equal(0);
    await settled();
    should(page.saves.isBusy).be.true();
    page.end();
    should(await Promise.all(later)).eql([1, 1, 1]);
    should(page.runs).equal(2);
  });

  it('fails for those who shared it, and is done all the same for those who came later', async () => {
    const page = new Page();
    const first = page.saves.run();
    await settled();
    const later = page.saves.run();
    page.end(true);
    await should(first).be.rejected();
    await settled();
    page.end();
    should(await later).equal(0);
  });

  it('covers all that had changed before it was asked for, one at a time, however calls and ends are mixed', async () => {
    const step = fc.constantFrom('change', 'ask', 'end', 'fail', 'wait');
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        const page = new Page();
        const asked: Promise<void>[] = [];
        let failures = 0;
        for (const one of steps) {
          if (one === 'change') page.changes += 1;
          if (one === 'wait') await settled();
          if (one === 'end') page.end();
          if (one === 'fail' && page.end(true)) failures += 1;
          if (one !== 'ask') continue;
          const { changes } = page;
          asked.push(
            page.saves.run().then(
              (written) => void should(written).be.aboveOrEqual(changes),
              () => void should(failures).be.above(0),
            ),
          );
        }
        while (page.saves.isBusy) {
          await settled();
          page.end();
        }
        await Promise.all(asked);
        should(page.most).be.belowOrEqual(1);
        should(page.runs).be.belowOrEqual(asked.length);
      }),
    );
  });
});
