/** How a line of a report stands: its mark. */
export type Mark = 'good' | 'bad' | 'open' | 'busy' | 'note';

/** A line of a report. What a gateway said goes into `detail`, and is never read as HTML. */
export interface Fact {
  mark: Mark;
  text: string;
  detail?: string;
}

const SIGNS: Record<Mark, string> = { good: '[x]', bad: '[!]', open: '[ ]', busy: '[…]', note: '[?]' };

/** A report as a text to be copied. */
export const factsAsText = (facts: readonly Fact[]): string =>
  facts.map(({ mark, text, detail }) => `${SIGNS[mark]} ${text}${detail ? `\n    ${detail}` : ''}`).join('\n');
