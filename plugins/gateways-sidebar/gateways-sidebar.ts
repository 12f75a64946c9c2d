import { openBoard } from '../../lib/runtime/board/routes';
import { house } from '../../lib/runtime/house';
import type { Red } from '../../lib/runtime/red';

/** The runtime's side of the editor's sidebar "GSM gateways". */
export = (red: Red): void => {
  red.plugins.registerPlugin('dinstar-gateways-sidebar', {});
  openBoard(red, house);
};
