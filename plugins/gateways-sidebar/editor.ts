import { BoardView } from '../../lib/editor/board/BoardView';
import { addBoardStyle } from '../../lib/editor/board/style';
import { Watching } from '../../lib/editor/board/Watching';
import { beFoundByWords } from '../../lib/editor/searchWords';

RED.plugins.registerPlugin('dinstar-gateways-sidebar', {
  onadd() {
    addBoardStyle();
    beFoundByWords();
    const view = new BoardView((key, values) => this._(key, values));
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
  },
});
