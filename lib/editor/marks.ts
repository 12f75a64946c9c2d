import type { Mark } from './fact';
import type { EditorNode } from './red';

/** What the marks of a report are called. */
export const markWords = (node: EditorNode): Record<Mark, string> => ({
  good: node._('common.mark.good'),
  bad: node._('common.mark.bad'),
  open: node._('common.mark.open'),
  busy: node._('common.mark.busy'),
  note: node._('common.mark.note'),
});
