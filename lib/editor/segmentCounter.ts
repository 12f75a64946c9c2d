import { MOST_BYTES } from './checks/sms';
import type { Form } from './Form';
import type { EditorNode } from './red';
import { sizeOf, type TextSize } from './segmentCount';

/** Shows below a fixed text how many SMS it takes, while it is typed. Needs an element `.dinstar-counter` in the form. */
export function showSegments(node: EditorNode, form: Form): void {
  form.whenever(['text', 'encoding'], () => {
    const text = form.read(node, 'text');
    const isFixed = form.read(node, 'textType') === 'str' && text !== '';
    const encoding = form.read(node, 'encodingType') === 'str' ? form.read(node, 'encoding') : 'auto';
    const lines = isFixed ? describe(node, sizeOf(text, encoding), encoding === 'auto') : [];
    form
      .find('.dinstar-counter')
      .empty()
      .append(lines.map((line) => $('<div>').text(line)));
  });
}

function describe(node: EditorNode, size: TextSize, isChosen: boolean): string[] {
  const counted = node._('tip.counter', {
    encoding: node._(size.encoding === 'unicode' ? 'option.encoding.unicode' : 'option.encoding.gsm7'),
    segments: size.segments,
    left: size.left,
    bytes: size.bytes,
    most: MOST_BYTES,
  });
  if (size.foreign === undefined) return [counted];
  const why = size.encoding === 'unicode' ? 'tip.forcesUnicode' : undefined;
  return why === undefined || !isChosen ? [counted] : [counted, node._(why, { character: size.foreign })];
}
