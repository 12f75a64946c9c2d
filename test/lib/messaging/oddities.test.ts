import should from 'should';
import { Oddities } from '../../../lib/messaging/Oddities';
import { startCore } from '../../support/core';

describe('what a gateway writes outside the manual', () => {
  it('is said once, and of so many different things that the rest isn’t', () => {
    const said: string[] = [];
    const oddities = new Oddities(({ message }) => void said.push(message));
    for (let turn = 0; turn < 3; turn++) oddities.note({ key: 'a', text: 'A' });
    should(said).deepEqual(['A']);
    for (let key = 0; key < 1000; key++) oddities.note({ key: String(key), text: 'x' });
    should(said).have.length(201);
    should(said.at(-1)).containEql('aren’t said'.replace('’', "'"));
  });

  it('is said of the line, once, though it comes with each look and in pushes', async () => {
    const core = await startCore();
    try {
      const gateway = core.gateways.of('gateway');
      for (let look = 0; look < 3; look++) gateway?.oddities.note({ key: 'k', text: 'odd' });
      should(core.failures).deepEqual(['odd']);
    } finally {
      await core.close();
    }
  });
});
