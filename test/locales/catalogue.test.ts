import should from 'should';
import { filesIn, textOf } from '../support/architecture/sources';
import { allTextsOf, gapsOf, keysUsedBy, languages, MAIN_LANGUAGE, nodes, plugins, textsOf } from './catalogues';

const STATUS = 'status.';
/** Node-RED cuts longer ones off. */
const LONGEST_STATUS = 19;
/** Words for what a node may yet come to show, translated in time. */
const RESERVED = ['waiting', 'queued', 'sending', 'duplicate', 'no_gateway', 'not_durable', 'simulator'];

/** The words of a union type. */
const wordsOf = (type: string, file: string): string[] =>
  textOf(file)
    .match(new RegExp(`type ${type} =([^;]+);`))?.[1]
    ?.match(/\w+/g) ?? [];

/** The status words of the runtime: a word an error code or an obstacle of the line, and those it names itself. */
function statusWords(): string[] {
  const codes = wordsOf('ErrorCode', 'lib/gateway-api/errors.ts');
  const obstacles = wordsOf('Obstacle', 'lib/messaging/sms/sender/Backoff.ts');
  const until = wordsOf('Until', 'lib/store/records.ts');
  const named = filesIn(['lib/runtime', 'nodes'], '.ts').flatMap((file) =>
    [...textOf(file).matchAll(/(?:\b(?:key|fine)\(|common\.status\.)['"]?(\w+)['"]/g)].map(([, word = '']) => word),
  );
  return [...[...codes, ...obstacles].map((code) => code.toLowerCase()), ...until, ...named];
}

describe('the catalogue', () => {
  for (const node of [...nodes, ...plugins]) {
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
    should(words).containDeep(['invalid_input', 'delivered', 'working', 'listening', 'hourly_limit']);
    const texts = [...textsOf(MAIN_LANGUAGE, 'common').keys()].filter((key) => key.startsWith(STATUS));
    const wanted = new Set([...words, ...RESERVED].map((word) => STATUS + word));
    should(texts.sort()).eql([...wanted].sort());
  });
});

it('the texts are there in the ten languages of the editor', () => {
  should([...languages].sort()).eql('de en-US es-ES fr ja ko pt-BR ru zh-CN zh-TW'.split(' '));
});

for (const language of languages) {
  describe(`the texts in ${language}`, () => {
    for (const name of ['common', ...nodes, ...plugins]) {
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

    it('are short enough where they are statuses, beside the values that they hold', () => {
      const statuses = [...textsOf(language, 'common')].filter(([key]) => key.startsWith(STATUS));
      should(statuses.filter(([, text]) => text.replaceAll(/__\w+__/g, '').length > LONGEST_STATUS)).eql([]);
    });
  });
}
