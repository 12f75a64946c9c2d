import type { RedNode } from '../red';
import { OTHER_SETTINGS } from '../status';

/** Says at a gateway node that another one with its address decides. */
export function showOtherSettings(node: RedNode): void {
  node.status(OTHER_SETTINGS);
  node.warn('another gateway node has the same address and comes first: its login and settings are used');
}
