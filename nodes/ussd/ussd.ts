import { invalidInput } from '../../lib/gateway-api';
import { allPorts, type Gateway, readCodes, readOneCode, readWait, type UssdRecord } from '../../lib/messaging';
import { typedValue } from '../../lib/properties/typed';
import { onPresent } from '../../lib/runtime/absentPorts';
import { emitUssdTexts } from '../../lib/runtime/emitting/emitUssdTexts';
import { onInput } from '../../lib/runtime/input';
import { answer } from '../../lib/runtime/output';
import { orPortOfPayload, readNamedPorts } from '../../lib/runtime/readPorts';
import type { Message, Red, RedNode } from '../../lib/runtime/red';
import { runtime } from '../../lib/runtime/SharedRuntime';
import { refuseInputs, startNode } from '../../lib/runtime/saved/startNode';
import { FINE, WORKING } from '../../lib/runtime/status';
import { evaluate } from '../../lib/runtime/typedInput';
import { defaults, normalise, rules, type UssdConfig } from './config';

/** Sends USSD codes, walks menus, and tells of the texts that come on their own. */
export = (red: Red): void => {
  red.nodes.registerType('dinstar-ussd', function (saved) {
    const { properties, problem } = startNode(red, runtime, this, saved, { defaults, rules });
    if (problem) return refuseInputs(this, problem);
    const config = normalise(properties);
    onInput(this, async (message, send, { signal }) => {
      const node = runtime.gatewayNodes.choose(config, message);
      const gateway = await node.gateway();
      const raw = await readRawOptions(red, this, config, message);
      this.status(WORKING);
      const ports = raw.ports === 'all' ? await allPorts(gateway.portReader, signal) : raw.ports;
      const records = await onPresent(gateway, ports, 'ports', () => perform(gateway, ports, raw, signal));
      this.status(FINE);
      answer(red, send, Object.assign(message, { gateway: node.identity }), records, config.output);
    });
    emitUssdTexts(runtime, this, config);
  });
};

/** What an input asks for, checked. */
type RawOptions = { ports: number[] | 'all' } & (
  | { action: 'dialog'; codes: string[]; wait: number }
  | { action: 'send'; code: string; wait: number }
  | { action: 'read' | 'cancel' }
);

/** Rejects with `INVALID_INPUT` that names the field. */
async function readRawOptions(red: Red, node: RedNode, config: UssdConfig, message: Message): Promise<RawOptions> {
  const { action } = config;
  const given = (field: 'ports' | 'text'): Promise<unknown> =>
    evaluate(red, node, message, { field, ...typedValue(config, field) });
  const ports = readNamedPorts(orPortOfPayload(await given('ports'), typedValue(config, 'ports'), message));
  switch (action) {
    case 'send':
      return { action, ports, code: readOneCode(await given('text')), wait: readWait(config.wait) };
    case 'read':
    case 'cancel':
      return { action, ports };
    case 'dialog':
      return { action, ports, codes: readCodes(await given('text')), wait: readWait(config.wait) };
    default:
      // What it sends may cost money: a word that is none mustn't send anything.
      throw invalidInput('action', 'must be dialog, send, read or cancel');
  }
}

function perform({ ussd }: Gateway, ports: number[], raw: RawOptions, signal: AbortSignal): Promise<UssdRecord[]> {
  switch (raw.action) {
    case 'dialog':
      return ussd.dialogue(ports, raw.codes, raw.wait, signal);
    case 'send':
      return ussd.send(ports, raw.code, raw.wait, signal);
    case 'read':
      return ussd.read(ports, signal);
    case 'cancel':
      return ussd.cancel(ports, signal);
  }
}
