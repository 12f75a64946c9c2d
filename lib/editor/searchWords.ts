/** Words by which somebody looks for these nodes, beside their names and types. */
const WORDS = 'gsm gateway sim phone telephone mobile modem text message';
const TYPE = 'dinstar-';

/**
 * Lets the palette's filter and the quick-add find our nodes by words that neither their types nor their labels hold. The
 * editor looks in these two only (both versions): in the palette at an attribute of each node, in the quick-add at an index
 * that it makes each time it opens. Where another version of the editor does it otherwise, nothing happens.
 */
export function beFoundByWords(): void {
  const inPalette = (): void => {
    $(`.red-ui-palette-node[data-palette-type^="${TYPE}"]`).each((_, element) => {
      const label = element.getAttribute('data-palette-label') ?? '';
      if (!label.endsWith(WORDS)) element.setAttribute('data-palette-label', `${label} ${WORDS}`);
    });
  };
  $(document).on('focusin input', '#red-ui-palette-search input', inPalette);
  // The quick-add looks 50 ms after a key: before that its items know the words.
  $(document).on('input keydown', '#red-ui-type-search-input', () => {
    $('#red-ui-type-search .red-ui-editableList-item-content').each((_, element) => {
      const item = $(element).data('data') as { type?: unknown; index?: unknown } | undefined;
      const isOurs = typeof item?.type === 'string' && item.type.startsWith(TYPE);
      if (!item || !isOurs || typeof item.index !== 'string' || item.index.endsWith(WORDS)) return;
      item.index = `${item.index}|${WORDS}`;
    });
  });
}
