import { beFoundByWords } from '../../lib/editor/searchWords';
import { tellOfLeftWaiting } from '../../lib/editor/sidebar/leftWaiting';
import { SidebarView } from '../../lib/editor/sidebar/SidebarView';
import { addSidebarStyle } from '../../lib/editor/sidebar/style';
import { Watching } from '../../lib/editor/sidebar/Watching';

RED.plugins.registerPlugin('dinstar-gateways-sidebar', {
  onadd() {
    addSidebarStyle();
    beFoundByWords();
    const view = new SidebarView((key, values) => this._(key, values));
    RED.sidebar.addTab({
      id: 'dinstar-gateways',
      label: this._('label.tab'),
      name: this._('label.title'),
      iconClass: 'fa fa-signal',
      content: view.element,
      // One may look at the gateways while a node is edited.
      enableOnEdit: true,
    });
    new Watching(view).start();
    tellOfLeftWaiting((key, values) => this._(key, values));
  },
});
