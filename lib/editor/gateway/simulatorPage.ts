import { askAdmin } from '../admin';
import type { Form } from '../Form';
import type { EditorNode } from '../red';

/** Shows a link to the web page of a deployed simulated gateway. Needs an element `.dinstar-simulator-page` in the form. */
export function offerSimulatorPage(node: EditorNode, form: Form): void {
  const place = form.find('.dinstar-simulator-page').hide();
  let page = '';
  const show = (): void => {
    const isSimulated = /^simulator:/i.test(form.read(node, 'url').trim());
    place.toggle(isSimulated && page !== '');
  };
  form.whenever(['url'], show);
  askAdmin<{ page?: string }>('GET', `gateways/${encodeURIComponent(node.id)}/page`).then(
    (answer) => {
      page = answer.page ?? '';
      const link = { href: page, target: '_blank', rel: 'noopener noreferrer' };
      place.empty().append($('<a>', link).text(node._('label.simulatorPage')));
      show();
    },
    // One that isn't deployed yet has none.
    () => undefined,
  );
}
