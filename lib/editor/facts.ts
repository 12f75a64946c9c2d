/** How a line of a report stands: its mark. */
export type Mark = 'good' | 'bad' | 'open' | 'busy' | 'note';

/** A line of a report. What a gateway said goes into `detail`, and is never read as HTML. */
export interface Fact {
  mark: Mark;
  text: string;
  detail?: string;
}

const ICONS: Record<Mark, string> = {
  good: 'fa-check',
  bad: 'fa-times',
  open: 'fa-circle-o',
  busy: 'fa-spinner fa-spin',
  note: 'fa-exclamation-triangle',
};
const SIGNS: Record<Mark, string> = { good: '[x]', bad: '[!]', open: '[ ]', busy: '[…]', note: '[?]' };

/** Shows a report in place of what an element showed. `words`: what a mark is called, for who can't see it. */
export function showFacts(container: JQuery, facts: readonly Fact[], words: Record<Mark, string>): void {
  const lines = facts.map(({ mark, text, detail }) => {
    const icon = $('<i>').addClass(`fa ${ICONS[mark]}`).attr({ role: 'img', 'aria-label': words[mark] });
    const line = $('<li>').addClass(`dinstar-fact-${mark}`).append(icon, $('<span>').text(text));
    return detail === undefined || detail === '' ? line : line.append($('<small>').text(detail));
  });
  container.empty().append($('<ul class="dinstar-facts">').append(lines));
}

/** A report as a text to be copied. */
export const factsAsText = (facts: readonly Fact[]): string =>
  facts.map(({ mark, text, detail }) => `${SIGNS[mark]} ${text}${detail ? `\n    ${detail}` : ''}`).join('\n');
