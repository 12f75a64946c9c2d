import should from 'should';
import { Lives } from '../support/violence/Lives';

describe('a process that is killed before it learns that an SMS was accepted', () => {
  it('asks the gateway before it sends again by "resend", however long it was away', async () => {
    const settings = { unknownPolicy: 'resend', unknownHold: 10 } as const;
    const lives = await Lives.begin({ start: { settings } });
    try {
      await lives.live();
      lives.tell({ take: [lives.book.give()] });
      await lives.listen((line) => line.startsWith('closed'));
      lives.tell({ dieAt: 'before the acceptance is kept', nth: 1 });
      lives.tell({ take: [lives.book.give()] });
      await lives.dies();
      // Longer than the hold, of which 20 s pass in one.
      await new Promise((resolve) => setTimeout(resolve, 1000));
      await lives.live();
      const { doubled, lost, unknown } = await lives.judge();
      should({ doubled, lost, unknown }).eql({ doubled: [], lost: [], unknown: 0 });
      should(lives.simulator.submitted).have.length(2);
    } finally {
      await lives.end();
    }
  });
});
