import type { EditorNode } from './red';
import type { InputType } from './widgets';

/** What any typed property may be read from, beside a value of its own. */
export const FROM_ELSEWHERE: string[] = ['msg', 'flow', 'global', 'jsonata', 'env'];

/** A fixed text. */
export const textType = (): InputType => ({
  value: 'str',
  label: RED._('typedInput.type.str'),
  icon: 'red/images/typedInput/az.svg',
});

/** A fixed number, with this form's own validator instead of the widget's. */
export const numberType = (): InputType => ({
  value: 'num',
  label: RED._('typedInput.type.num'),
  icon: 'red/images/typedInput/09.svg',
});

/** A choice among words, saved as a text. `words`: each with the key of its label. */
export const choiceType = (node: EditorNode, words: Record<string, string>): InputType => ({
  value: 'str',
  label: node._('common.type.choice'),
  icon: 'fa fa-list-ul',
  options: Object.entries(words).map(([value, key]) => ({ value, label: node._(key) })),
});

/** Nothing: the type itself says all. */
export const noneType = (label: string): InputType => ({ value: 'str', label, hasValue: false });
