import should from 'should';
import type { RawOptions } from '../../../lib/messaging/taking/validateRequest';
import { MemoryStore, type Store } from '../../../lib/store';
import { sqliteStore } from '../../../lib/store/sqlite';
import { startCore } from '../../support/core';
import { temporaryFolder } from '../../support/temporaryFolder';

const STORES: Record<string, () => Store | undefined> = {
  memory: () => new MemoryStore({ random: Math.random }),
  'the embedded file': () => sqliteStore({ folder: temporaryFolder('filled'), random: Math.random }),
};

/** Templates that the gateway fills, one that travels filled, texts by language, typographic and Unicode ones, params. */
const INPUTS: Partial<RawOptions>[] = [
  { text: 'Dear {{name}} of {{town}}', texts: { de: 'Hallo {{name}}', fr: 'Salut' } },
  { text: '{{name}}' },
  { text: '“{{name}}” – {{town}}', transliterate: true, priority: 'high' },
  { text: 'Plain {{name}}', literal: true, priority: 'low' },
];
const ROWS = ['de-AT', 'fr', 'en', undefined].map((language, at) => ({
  ...{ number: `+4366412${at}`, name: ['Anna', '#param#', 'Цой', '{{town}}'][at], town: `T${at}`, language },
}));
const TEXTS = [
  ['Hallo Anna', 'Salut', 'Dear Цой of T2', 'Dear {{town}} of T3'],
  ['Anna', '#param#', 'Цой', '{{town}}'],
  ['"Anna" - T0', '"#param#" - T1', '“Цой” – T2', '"{{town}}" - T3'],
  ['Plain {{name}}', 'Plain {{name}}', 'Plain {{name}}', 'Plain {{name}}'],
];

describe('texts that are filled', () => {
  for (const [name, make] of Object.entries(STORES)) {
    for (const combine of ['off', 'same', 'all'] as const) {
      it(`arrive as each recipient's own, kept in ${name}, with combine ${combine}`, async () => {
        const store = make();
        if (!store) throw new Error('this Node has no SQLite');
        const core = await startCore({ store, settings: { combine, queueLimit: 0 } });
        try {
          const ids = await Promise.all(
            INPUTS.map((input) => core.take({ to: ROWS, literal: false, until: 'accepted', ...input })),
          );
          const outcomes = await Promise.all(ids.map((id) => core.outcomeOf(id)));
          should(outcomes.map(({ text }) => text)).eql(INPUTS.map(({ text }) => text));
          const own = outcomes.slice(0, 3).map(({ recipients }) => recipients.map(({ text }) => text));
          should(own).eql(TEXTS.slice(0, 3));
          should(outcomes[3]?.recipients.every((one) => !('text' in one))).be.true();
          const arrived = core.simulator.submitted.map(({ number, text }) => `${number} ${text}`);
          const meant = TEXTS.flatMap((texts) => texts.map((text, at) => `${ROWS[at]?.number} ${text}`));
          should(arrived.sort()).eql(meant.sort());
        } finally {
          await core.close();
        }
      });
    }
  }

  it('are those of the input after a restart, too', async () => {
    const folder = temporaryFolder('filled');
    const before = sqliteStore({ folder, random: Math.random });
    const after = sqliteStore({ folder, random: Math.random });
    if (!before || !after) throw new Error('this Node has no SQLite');
    const dead = await startCore({ store: before, url: 'http://127.0.0.1:9' });
    const ids = await Promise.all(INPUTS.slice(0, 2).map((input) => dead.take({ to: ROWS, literal: false, ...input })));
    await dead.close();
    const core = await startCore({ store: after, settings: { queueLimit: 0 } });
    try {
      const outcomes = await Promise.all(ids.map((id) => core.outcomeOf(id)));
      should(outcomes.map(({ text }) => text)).eql(INPUTS.slice(0, 2).map(({ text }) => text));
      should(outcomes.map(({ recipients }) => recipients.map(({ text }) => text))).eql(TEXTS.slice(0, 2));
      should(core.simulator.submitted).have.length(8);
    } finally {
      await core.close();
    }
  });
});
