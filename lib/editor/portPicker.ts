import type { ListedPort } from '../admin/answers';
import { barsOf, formatPorts, PORTS, parsePorts } from '../properties/portText';
import { AdminError } from './admin';
import { livePorts } from './livePorts';
import type { EditorNode } from './red';
import type { InputType, TypedInputWidget } from './widgets';

/** A port to pick; only its number is known where the gateway can't be asked. */
type ShownPort = Pick<ListedPort, 'port'> & Partial<ListedPort>;

/** Where the form of every node that has one shows which gateway is chosen. */
const GATEWAY = '#node-input-gateway';

/**
 * The type of a typed input whose value is ports such as `0,2,5-7`: typed, or picked from a panel. The panel shows the ports
 * that the chosen gateway has, with number, network and signal, or all there may be where it can't be asked.
 * @param hintKey the text below the ports: what it means when none is picked
 */
export function portsType(node: EditorNode, hintKey = 'common.tip.ports'): InputType {
  return {
    value: 'str',
    label: node._('common.label.ports'),
    icon: 'fa fa-th',
    expand: {
      icon: 'fa-th',
      minWidth: 380,
      content(container) {
        openPanel(node, this, container, hintKey);
        return {};
      },
    },
  };
}

function openPanel(node: EditorNode, input: TypedInputWidget, container: JQuery, hintKey: string): void {
  const grid = $('<div class="dinstar-ports">').attr({ role: 'group', 'aria-label': node._('common.label.ports') });
  const hint = $('<div class="dinstar-ports-hint" role="status">').text(node._(hintKey));
  container.append(grid, hint);
  // The field keeps the focus: Node-RED's keyboard handler trips over a focus that goes with the panel.
  container.on('mousedown', (event) => event.preventDefault());
  const picked = new Set(parsePorts(input.value()) ?? []);
  const toggle = (port: number): boolean => {
    const isPicked = !picked.delete(port);
    if (isPicked) picked.add(port);
    input.value(formatPorts([...picked].sort((one, other) => one - other)));
    return isPicked;
  };
  const show = (ports: readonly ShownPort[]): void => {
    grid.toggleClass('dinstar-ports-live', ports.some(isTold));
    grid.empty().append(ports.map((port) => buttonOf(node, port, picked, toggle)));
  };
  show(Array.from({ length: PORTS }, (_, port) => ({ port })));
  const gateway = String($(GATEWAY).val() ?? '');
  if (['', '_ADD_'].includes(gateway)) return;
  // In a subflow's template a property of the subflow may say which gateway it is.
  const name = /^\$\{(.+)\}$/.exec(gateway)?.[1];
  if (name !== undefined) return void hint.text(node._('common.tip.portsByVariable', { name }));
  hint.text(node._('common.tip.portsAsked'));
  livePorts(gateway).then(
    (ports) => {
      if (!grid[0]?.isConnected) return;
      // What was picked before and isn't there must be seen, to be let go.
      const missing = [...picked].filter((port) => !ports.some((one) => one.port === port));
      show([...ports, ...missing.map((port) => ({ port }))]);
      hint.text(node._(hintKey));
    },
    (error: unknown) => hint.text(node._(hintFor(error))),
  );
}

const isTold = ({ reg, number, signal }: ShownPort): boolean =>
  reg !== undefined || number !== undefined || signal !== undefined;

const hintFor = (error: unknown): string =>
  error instanceof AdminError && error.code === 'NOT_CONFIGURED'
    ? 'common.tip.portsNotDeployed'
    : 'common.tip.portsUnknown';

function buttonOf(
  node: EditorNode,
  port: ShownPort,
  picked: ReadonlySet<number>,
  toggle: (port: number) => boolean,
): JQuery {
  const button = $('<button type="button" class="red-ui-button red-ui-button-small">');
  button.attr('aria-pressed', String(picked.has(port.port)));
  button.append($('<b>').text(port.port));
  if (isTold(port)) {
    button.append(
      $('<span class="dinstar-whose">').text(port.number ?? ''),
      $('<span class="dinstar-network">').text(port.network ?? ''),
      signalBars(port.ready ? (port.signal ?? 0) : 0),
    );
    button.toggleClass('dinstar-port-off', !port.ready).attr('title', describe(node, port));
  }
  return button.on('click', () => button.attr('aria-pressed', String(toggle(port.port))));
}

/** All that is known of a port, in a line. */
function describe(node: EditorNode, { port, number, network, signal, reg }: ShownPort): string {
  const parts = [
    node._('common.tip.port', { port }),
    number,
    network && node._('common.tip.network', { network }),
    signal === undefined ? undefined : node._('common.tip.signal', { signal }),
    reg,
  ];
  return parts.filter((part) => part).join(' · ');
}

/** Of a signal. */
const BARS = 4;

/** A signal from 0 to 31 as bars, for the eye alone: what they stand beside says it in words. */
function signalBars(signal: number): JQuery {
  const lit = barsOf(signal);
  const bars = Array.from({ length: BARS }, (_, bar) => $('<i>').toggleClass('dinstar-lit', bar < lit));
  return $('<span class="dinstar-signal" aria-hidden="true">').append(bars);
}
