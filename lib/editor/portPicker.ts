import { formatPorts, PORTS, parsePorts } from './ports';
import type { InputType, TypedInputWidget } from './widgets';

/** The type of a typed input whose value is ports such as `0,2,5-7`: typed, or picked from a panel. */
export function portsType(label: string, hint: string): InputType {
  return {
    value: 'str',
    label,
    icon: 'fa fa-th',
    expand: {
      icon: 'fa-th',
      minWidth: 320,
      content(container) {
        fillPanel(this, container, hint);
        return {};
      },
    },
  };
}

function fillPanel(input: TypedInputWidget, container: JQuery, hint: string): void {
  const picked = new Set(parsePorts(input.value()) ?? []);
  const panel = $('<div class="dinstar-ports">').appendTo(container);
  // The field keeps the focus: Node-RED's keyboard handler trips over a focus that goes with the panel.
  panel.on('mousedown', (event) => event.preventDefault());
  for (let port = 0; port < PORTS; port++) {
    const button = $('<button type="button" class="red-ui-button red-ui-button-small">').text(port).appendTo(panel);
    const show = (): JQuery => button.attr('aria-pressed', String(picked.has(port)));
    button.on('click', () => {
      if (!picked.delete(port)) picked.add(port);
      show();
      input.value(formatPorts([...picked].sort((one, other) => one - other)));
    });
    show();
  }
  $('<span>').text(hint).appendTo(panel);
}
