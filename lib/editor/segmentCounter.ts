import { MOST_BYTES } from './checks/smsText';
import type { Form } from './form';
import type { EditorNode } from './red';
import { sizeOf } from './segmentCount';

/** Shows below a fixed text how many SMS it takes, while it is typed. Needs an element `.dinstar-counter` in the form. */
export function showSegments(node: EditorNode, form: Form): void {
  form.whenever(['text', 'encoding'], () => {
    const text = form.read(node, 'text');
    const isFixed = form.read(node, 'textType') === 'str' && text !== '';
    const encoding = form.read(node, 'encodingType') === 'str' ? form.read(node, 'encoding') : 'auto';
    form.find('.dinstar-counter').text(isFixed ? describe(node, text, encoding) : '');
  });
}

function describe(node: EditorNode, text: string, encoding: string): string {
  const size = sizeOf(text, encoding);
  return node._('tip.counter', {
    segments: size.segments,
    units: size.units,
    room: size.segments * size.perSegment,
    encoding: node._(size.encoding === 'unicode' ? 'option.encoding.unicode' : 'option.encoding.gsm7'),
    bytes: size.bytes,
    most: MOST_BYTES,
  });
}
