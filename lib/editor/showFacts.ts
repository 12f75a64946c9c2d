import type { Fact, Mark } from './facts';
import type { EditorNode } from './red';

const ICONS: Record<Mark, string> = {
  good: 'fa-check',
  bad: 'fa-times',
  open: 'fa-circle-o',
  busy: 'fa-spinner fa-spin',
  note: 'fa-exclamation-triangle',
};

/** Shows a report in place of what an element showed. `words`: what a mark is called, for who can't see it. */
export function showFacts(container: JQuery, facts: readonly Fact[], words: Record<Mark, string>): void {
  const lines = facts.map(({ mark, text, detail }) => {
    const icon = $('<i>').addClass(`fa ${ICONS[mark]}`).attr({ role: 'img', 'aria-label': words[mark] });
    const line = $('<li>').addClass(`dinstar-fact-${mark}`).append(icon, $('<span>').text(text));
    return detail === undefined || detail === '' ? line : line.append($('<small>').text(detail));
  });
  container.empty().append($('<ul class="dinstar-facts">').append(lines));
}

/** What the marks of a report are called. */
export const markWords = (node: EditorNode): Record<Mark, string> => ({
  good: node._('common.mark.good'),
  bad: node._('common.mark.bad'),
  open: node._('common.mark.open'),
  busy: node._('common.mark.busy'),
  note: node._('common.mark.note'),
});
