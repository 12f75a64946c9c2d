import should from 'should';
import { filesIn, textOf } from '../support/architecture/sources';
import { allTextsOf, gapsOf, keysUsedBy, languages, MAIN_LANGUAGE, nodes, textsOf } from './catalogues';

const STATUS = 'status.';
/** Node-RED cuts longer ones off. */
const LONGEST_STATUS = 19;
/** Words for what a node may yet come to show, translated in time. */
const RESERVED = ['waiting', 'queued', 'sending', 'duplicate', 'no_gateway', 'store', 'simulator'];

/** The status words of the runtime: a word an error code, and those it names itself. */
function statusWords(): string[] {
  const codes =
    textOf('lib/gateway-api/errors.ts')
      .match(/ErrorCode =([^;]+);/)?.[1]
      ?.match(/[A-Z_]+/g) ?? [];
  const until =
    textOf('lib/store/records.ts')
      .match(/Until =([^;]+);/)?.[1]
      ?.match(/[a-z]+/g) ?? [];
  const named = filesIn(['lib/runtime', 'nodes'], '.ts').flatMap((file) =>
    [...textOf(file).matchAll(/(?:\b(?:key|fine)\(|common\.status\.)['"]?(\w+)['"]/g)].map(([, word = '']) => word),
  );
  return [...codes.map((code) => code.toLowerCase()), ...until, ...named];
}

describe('the catalogue', () => {
  for (const node of nodes) {
    it(`has every text that ${node} shows, and none that it doesn't`, () => {
      const used = keysUsedBy(node);
      const texts = allTextsOf(MAIN_LANGUAGE, node);
      should([...used].filter((key) => !texts.has(key))).eql([], 'missing');
      should([...textsOf(MAIN_LANGUAGE, node).keys()].filter((key) => !used.has(key))).eql([], 'never shown');
    });
  }

  it('has no common text that nobody shows', () => {
    const used = new Set(nodes.flatMap((node) => [...keysUsedBy(node)]));
    const common = [...textsOf(MAIN_LANGUAGE, 'common').keys()].filter((key) => !key.startsWith(STATUS));
    should(common.filter((key) => !used.has(`common.${key}`))).eql([]);
  });

  it('has a text for every status, and for those to come', () => {
    const words = statusWords();
    should(words).containDeep(['invalid_input', 'delivered', 'working', 'listening']);
    const texts = [...textsOf(MAIN_LANGUAGE, 'common').keys()].filter((key) => key.startsWith(STATUS));
    const wanted = new Set([...words, ...RESERVED].map((word) => STATUS + word));
    should(texts.sort()).eql([...wanted].sort());
  });
});

for (const language of languages) {
  describe(`the texts in ${language}`, () => {
    for (const name of ['common', ...nodes]) {
      it(`are those of ${MAIN_LANGUAGE} for ${name}, with the same gaps, and none is empty`, () => {
        const original = textsOf(MAIN_LANGUAGE, name);
        const texts = textsOf(language, name);
        should([...texts.keys()].sort()).eql([...original.keys()].sort());
        for (const [key, text] of texts) {
          should(text.trim()).not.equal('', key);
          should(gapsOf(text)).eql(gapsOf(original.get(key) ?? ''), key);
        }
      });
    }

    it('are short enough where they are statuses', () => {
      const statuses = [...textsOf(language, 'common')].filter(([key]) => key.startsWith(STATUS));
      should(statuses.filter(([, text]) => text.length > LONGEST_STATUS)).eql([]);
    });
  });
}
