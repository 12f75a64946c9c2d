const MAX_LABEL_LENGTH = 24;

/** A typed property as it is said on the canvas: `msg.to`, `flow.number`, `$NUMBER`, a text or expression as it is, cut. */
export function typedLabel(value: unknown, type: unknown): string {
  const text = String(value ?? '').trim();
  const said = type === 'msg' || type === 'flow' || type === 'global' ? `${type}.${text}` : text;
  const marked = type === 'env' ? `$${text}` : said;
  const characters = [...marked.replace(/\s+/g, ' ')];
  return characters.length > MAX_LABEL_LENGTH
    ? `${characters.slice(0, MAX_LABEL_LENGTH - 1).join('')}…`
    : characters.join('');
}
