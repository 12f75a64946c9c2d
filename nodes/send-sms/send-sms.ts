import { inSteps, pause } from '../../lib/concurrency';
import { GatewayError } from '../../lib/gateway-api';
import {
  followUp,
  type Gateway,
  type HomeCountry,
  hasRecipientZone,
  hoursOf,
  mayHaveDoubles,
  type Outcome,
  type Plus,
  type Recipient,
  readJob,
  readKey,
  type ValidatedRequest,
  validateRequest,
} from '../../lib/messaging';
import { type TypedValue, typedValues } from '../../lib/properties/typed';
import { refuseAbsent } from '../../lib/runtime/absentPorts';
import type { GatewayNode } from '../../lib/runtime/gateways/GatewayNode';
import { untilHandedOn } from '../../lib/runtime/handOn';
import { onInput, type Turns, type Work } from '../../lib/runtime/input';
import { readPorts } from '../../lib/runtime/readPorts';
import type { Message, Red, RedNode } from '../../lib/runtime/red';
import { runtime } from '../../lib/runtime/SharedRuntime';
import { refuseInputs, startNode } from '../../lib/runtime/saved/startNode';
import { limitStatus } from '../../lib/runtime/sims/simStatus';
import { type Command, obey, readCommand, refuseOddCommand } from '../../lib/runtime/sms/jobCommands';
import { goOnTelling, warnOfWaiting } from '../../lib/runtime/sms/jobsOfNode';
import type { NodeOutputs } from '../../lib/runtime/sms/PendingInputs';
import { ProgressTeller } from '../../lib/runtime/sms/ProgressTeller';
import { SmsStatus } from '../../lib/runtime/sms/SmsStatus';
import { evaluateAll } from '../../lib/runtime/typedInput';
import { isFailure } from '../../lib/store';
import { defaults, normalise, rules, type SendSmsConfig, TYPED } from './config';

/** How often an input that waits for its store is tried again, in ms. */
const STORE_RETRY_MS = 2000;

/** Sends SMS and says what became of them: an outcome an input, and each change of a recipient's status. */
export = (red: Red): void => {
  red.nodes.registerType('dinstar-send-sms', function (saved) {
    const { properties, problem: saving } = startNode(red, runtime, this, saved, { defaults, rules });
    const config = normalise(properties);
    const problem = saving ?? declareHours(this.id, config);
    const typed = typedValues(config, TYPED);
    const status = new SmsStatus(this, {
      getObstacle: (gateway) => runtime.gateways.of(gateway)?.obstacle,
      getLimit: (gateway, until) => {
        const zone = runtime.gatewayNodes.get(gateway)?.properties.timezone ?? '';
        return limitStatus(until, runtime.clock.now(), zone);
      },
      getCaution: () => runtime.cautionFor(config.gateway),
    });
    const teller = new ProgressTeller(
      { every: Number(config.progress) || 0, unit: config.progressUnit },
      {
        clock: runtime.clock,
        getStates: (gateway, jobs) => runtime.gateways.jobs.states([gateway], jobs),
        onProgress: (original, payload, gateway) => {
          const message = { ...original, topic: 'progress', payload, gateway: identityOf(gateway) };
          this.send([null, null, message]);
        },
        onStatus: (state) => status.job(state),
      },
    );
    const tells = Number(config.progress) > 0;
    const sink = sinkOf(this, status, config);
    runtime.pendingInputs.attach(this.id, sink);
    this.on('close', (removed, closed) => {
      teller.stop();
      if (removed || runtime.closing) runtime.pendingInputs.detach(this.id, sink);
      if (removed && !runtime.closing) warnOfWaiting(red, runtime, this).catch(() => undefined);
      // What is on its way already comes to a node only as long as that isn't closed.
      void untilHandedOn().then(closed);
    });
    if (tells) void goOnTelling(runtime, this.id, teller);
    // What is on its way already is told all the same.
    if (problem) return refuseInputs(this, problem);
    const take = async (message: Message, gateway: GatewayNode, connected: Gateway, getSignal: () => AbortSignal) => {
      const { ports, ...raw } = await readRawOptions(red, this, config, typed, message, {
        plus: gateway.properties.plus,
        timezone: gateway.properties.timezone,
        home: connected.home,
      });
      await refuseAbsent(connected, ports, 'ports');
      const sendRequest = {
        ...raw,
        gateway: gateway.id,
        node: this.id,
        onTimeout: config.onTimeout,
        outcome: config.outcome,
      };
      const store = runtime.storeOf(gateway.id);
      if (store.problem) throw store.problem;
      return runtime.pendingInputs.submit(sendRequest, message, {
        keepDays: store.keepDays,
        onTaken: (input) => {
          status.taken(gateway.id);
          if (tells) teller.begin(gateway.id, raw.job ?? input, runtime.pendingInputs.copyOf(message));
        },
        shouldRetry: async () => {
          if (store.onUnavailable === 'refuse') return false;
          status.held();
          const signal = getSignal();
          await pause(runtime.clock, STORE_RETRY_MS, signal);
          return !signal.aborted;
        },
      });
    };
    const command = async (message: Message, asked: Command): Promise<Message> => {
      const chosen = runtime.gatewayNodes.choose(config, message);
      await chosen.gateway();
      const isOpen = config.gatewayFrom === 'msg' && message.gateway === undefined;
      // Which of them a job's inputs chose isn't said: it is looked for on each.
      const gateways = isOpen ? runtime.gatewayNodes.all().map(({ id }) => id) : [chosen.id];
      const payload = await obey(runtime.gateways.jobs, gateways, asked);
      return Object.assign(message, { gateway: chosen.identity, topic: asked.action, payload });
    };
    /** The gateway that a message's SMS are for, where it says that; what is wrong with it is said when it is begun with. */
    const gatewayOf = (message: Message): GatewayNode | undefined => {
      try {
        if (config.control && readCommand(message, this.id)) return undefined;
        return runtime.gatewayNodes.choose(config, message);
      } catch {
        return undefined;
      }
    };
    const turns: Turns<GatewayNode> = {
      begin: (message, start) => {
        const gateway = gatewayOf(message);
        if (gateway) runtime.intake.inTurn(gateway.id, () => start(gateway), isAlarm(typed.priority, message));
        else start();
      },
    };
    const work: Work<GatewayNode> = async (message, send, ending, known) => {
      const asked = config.control && !known ? readCommand(message, this.id) : undefined;
      if (asked) return send([null, null, await command(message, asked)]);
      const gateway = known ?? runtime.gatewayNodes.choose(config, message);
      const taken = await runtime.intake.run(gateway, ending, (...connected) => take(message, gateway, ...connected));
      const outcome = await taken.outcome;
      status.left(gateway.id, outcome);
      if (runtime.pendingInputs.isAttached(this.id)) send(addressed(message, outcome, gateway.id));
      else runtime.pendingInputs.log(outcome.recipients);
    };
    onInput(this, work, { turns });
  });
};

/** Whether a message is an alarm, as far as that shows at a glance. */
const isAlarm = ({ value, type }: TypedValue, message: Message): boolean =>
  (type === 'msg' ? message[String(value)] : value) === 'high';

/** The typed inputs of a message, checked whole. Rejects with `INVALID_INPUT` that names the field. */
async function readRawOptions(
  red: Red,
  node: RedNode,
  config: SendSmsConfig,
  typed: Record<(typeof TYPED)[number], TypedValue>,
  message: Message,
  { plus, timezone, home }: { plus: Plus; timezone: string; home: HomeCountry },
) {
  const { ports, key, job, ...raw } = await evaluateAll(red, node, message, typed);
  const isDefault = { to: isAtDefault(config, 'to'), text: isAtDefault(config, 'text') };
  const asked = {
    ...followUp(message.payload, { ...raw, literal: config.literal }, isDefault),
    ports: readPorts(ports),
  };
  if (config.control) refuseOddCommand(message, asked.to);
  const { sendZone, window, highIgnoresWindow, lateBy, spread, transliterate, collect } = config;
  const given = { ...raw, ...asked, transliterate, sendZone, window, highIgnoresWindow, lateBy, spread, collect };
  const read = async (country?: string): Promise<ValidatedRequest> =>
    inSteps(validateRequest(given, plus, runtime.clock.now(), country, timezone));
  // A number as it is dialled at home has its zone by that.
  const country = home.country ?? (hasRecipientZone(given) ? await home.learn() : undefined);
  const validated = await read(country);
  const isOpen = country === undefined && (await inSteps(mayHaveDoubles(validated.sms)));
  return {
    validated: isOpen ? await read(await home.learn()) : validated,
    key: readKey(key),
    job: readJob(job),
    ports: asked.ports,
  };
}

const isAtDefault = (config: SendSmsConfig, property: 'to' | 'text'): boolean =>
  config[property] === defaults[property] && config[`${property}Type`] === defaults[`${property}Type`];

/** The node's hours hold for what waits of it, too. Returns what is wrong with what it says of times. */
function declareHours(node: string, config: SendSmsConfig): GatewayError | undefined {
  const { sendZone, window, highIgnoresWindow, lateBy, spread } = config;
  try {
    const hours = hoursOf({ sendZone, window, lateBy, spread });
    runtime.gateways.setHours(node, { hours, highIgnores: highIgnoresWindow });
    return undefined;
  } catch (error) {
    if (error instanceof GatewayError) return error;
    throw error;
  }
}

/** The outcome on its message, at the output that it leaves by. */
function addressed(message: Message, outcome: Outcome, gateway: string): (Message | null)[] {
  const full = { gateway: identityOf(gateway) };
  const leaving = Object.assign(message, full, { payload: outcome });
  return outcome.ok ? [leaving, null, null] : [null, leaving, null];
}

const identityOf = (gateway: string): object => runtime.gatewayNodes.get(gateway)?.identity ?? { id: gateway };

function sinkOf(node: RedNode, status: SmsStatus, { updates }: SendSmsConfig): NodeOutputs {
  const isWired = (node.wires?.[2]?.length ?? 1) > 0;
  return {
    wantsUpdate: (recipient) => isWired && (updates === 'each' || (updates === 'failed' && isFailure(recipient))),
    onOutcome: (message, outcome, gateway) => node.send(addressed(message, outcome, gateway)),
    onUpdate: (message: Message, recipient: Recipient, gateway: string) =>
      node.send([
        null,
        null,
        { ...message, payload: recipient, topic: recipient.number, gateway: identityOf(gateway) },
      ]),
    onMove: (recipient, gateway) => status.moved(recipient, gateway),
    onStateChange: () => status.show(),
  };
}
