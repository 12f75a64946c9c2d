import type { Form } from './Form';
import type { EditorNode } from './red';

/**
 * Lets a person pick words for an array property: buttons that stay pressed, and a hidden `<select multiple>` that Node-RED
 * reads. `labelOf` tells what stands on the button of a word; by default the word itself.
 * Needs an element `.dinstar-words` beside the select. What is saved and not among `words` can be picked as well.
 */
export function pickWords(
  node: EditorNode,
  form: Form,
  property: string,
  words: readonly string[],
  labelOf: (word: string) => string = (word) => word,
): void {
  const select = form.field(property);
  const shown = node[property] ?? node._def.defaults[property]?.value;
  const saved = Array.isArray(shown) ? shown.map(String) : String(shown).split(/[,;\s]+/);
  const panel = form.find('.dinstar-words').empty();
  for (const word of new Set([...words, ...saved.filter((one) => one !== '')])) {
    const option = $('<option>').val(word).text(word).prop('selected', saved.includes(word)).appendTo(select);
    const button = $('<button type="button" class="red-ui-button red-ui-button-small">')
      .text(labelOf(word))
      .appendTo(panel);
    const show = (): JQuery => button.attr('aria-pressed', String(option.prop('selected')));
    button.on('click', () => {
      option.prop('selected', !option.prop('selected'));
      show();
      select.trigger('change');
    });
    show();
  }
}
