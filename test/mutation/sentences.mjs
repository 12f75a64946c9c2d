// A plugin for Stryker: which texts of the program it leaves as they are.

/** Two words with a blank between them: a sentence for people, not a word of the gateway's or of a flow's. */
const SENTENCE = /\p{L}{2,}[,:;.]? \p{L}+/u;
const WHY = 'A sentence for people: the tests say what has to stand in it, and leave its wording free';

const isName = ({ type }) => type === 'Identifier' || type === 'MemberExpression';

// What a text is put together with is still changed when it decides something.
function isSentence({ node }) {
  if (node.type === 'StringLiteral') return SENTENCE.test(node.value);
  if (node.type !== 'TemplateLiteral') return false;
  return node.quasis.some(({ value }) => SENTENCE.test(value.raw)) && node.expressions.every(isName);
}

export const strykerPlugins = [
  {
    kind: 'Ignore',
    name: 'sentences',
    value: { shouldIgnore: (path) => (isSentence(path) ? WHY : undefined) },
  },
];
