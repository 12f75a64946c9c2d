import type { Red } from '../../lib/runtime/red';
import { runtime } from '../../lib/runtime/SharedRuntime';
import { openSidebar } from '../../lib/runtime/sidebar/routes';

/** The runtime's side of the editor's sidebar "GSM gateways". */
export = (red: Red): void => {
  red.plugins.registerPlugin('dinstar-gateways-sidebar', {});
  openSidebar(red, runtime);
};
