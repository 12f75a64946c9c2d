import { type GatewayError, invalidInput } from '../../gateway-api';
import { type AllowList, type PushEvent, parseAllowList } from '../../push';
import { handOn } from '../handOn';
import { type Endpoint, openPort, openRoute } from '../http/openEndpoint';
import { openWhenFree } from '../http/openWhenFree';
import { PlaceTaken } from '../http/PlaceTaken';
import type { Red, RedNode, Status } from '../red';
import type { SharedRuntime } from '../SharedRuntime';
import { LISTENING, NO_TOKEN, PORT_TAKEN, statusFor, UNKNOWN_GATEWAY } from '../status';
import { tellAtStart } from '../tellAtStart';
import { answerPush, type PushAnswer, type ReceiverRules, TOO_MANY } from './answerPush';
import type { PushRequest } from './body';
import { PushesUnderWay } from './PushesUnderWay';
import type { RoutedPush } from './PushRouter';

export interface ReceiverOptions {
  path: string;
  /** A gateway node's id; empty = whichever the push belongs to. */
  gateway: string;
  /** A TCP port of its own; 0 = Node-RED's. */
  listen: number;
  allow: string;
  trustProxy: string;
  /** Kilobytes. */
  limit: number;
  token: string | undefined;
  /** What is wrong with its properties: it hears nobody then. */
  problem: GatewayError | undefined;
  /** A record, with what messages say of its gateway, and the object that has the node's id by now. */
  onEvent: (event: PushEvent, gateway: object | undefined, current: RedNode) => void;
}

/** Opens a push receiver: its route or port, and its place among those that hear the simulated gateways. */
export function openReceiver(red: Red, runtime: SharedRuntime, node: RedNode, options: ReceiverOptions): Endpoint {
  const rules = readRules(node, options);
  if (!rules) return { close: () => Promise.resolve() };
  const deliver = async ({ events, gateway }: RoutedPush): Promise<void> => {
    runtime.lastPushes.seen(
      node.id,
      events.map(({ topic }) => topic),
      gateway?.identity.name,
    );
    await handOn(node.id, (current) => {
      try {
        current.status(gateway ? openStatus(options) : UNKNOWN_GATEWAY);
        for (const event of events) options.onEvent(event, gateway?.identity, current);
      } catch (error) {
        // What a flow makes of an event is not the gateway's affair.
        current.error(error as Error);
      }
    });
  };
  const underWay = new PushesUnderWay(rules.limit);
  const inTurn = underWay.inTurn.bind(underWay);
  const { pushRouter, clock } = runtime;
  const work = async (request: PushRequest, token?: string): Promise<PushAnswer> => {
    try {
      const given = await answerPush(request, token, rules, { pushRouter, clock, inTurn });
      if (given.routed) await deliver(given.routed);
      else runtime.lastPushes.refused(node.id, given.status, given.address ?? '');
      return given;
    } catch (error) {
      // A request handler that rejects would end the whole Node-RED.
      node.error((error as Error).message);
      return { status: 503, text: 'It could not be kept.' };
    }
  };
  const answer: Answer = (request, token) => underWay.run(request, () => work(request, token), TOO_MANY);
  const listen = (): (() => void) =>
    runtime.pushRouter.listen((routed) => {
      if (rules.fixed === undefined || rules.fixed === routed.gateway?.id) void deliver(routed);
    }, options.token);
  let leave = listen();
  const endpoint = openWhenFree({
    clock,
    open: () => (options.listen > 0 ? ownPort(red, options, answer) : route(red, options, answer)),
    onClosed: (problem) => {
      // Where it can't listen it hears nobody, the simulated gateways neither.
      leave();
      tellAtStart(node, problem instanceof PlaceTaken ? PORT_TAKEN : statusFor('INVALID_INPUT'), problem);
    },
    onOpen: () => {
      leave();
      leave = listen();
      node.status(openStatus(options));
    },
  });
  return {
    close: () => {
      leave();
      return endpoint.close();
    },
  };
}

function readRules(node: RedNode, options: ReceiverOptions): ReceiverRules | undefined {
  const read = (name: 'allow' | 'trustProxy'): AllowList => {
    try {
      return parseAllowList(options[name]);
    } catch (error) {
      throw invalidInput(name, (error as Error).message);
    }
  };
  try {
    if (options.problem) throw options.problem;
    return {
      token: options.token,
      allow: read('allow'),
      trustProxy: read('trustProxy'),
      limit: options.limit * 1024,
      fixed: options.gateway || undefined,
    };
  } catch (error) {
    // Open to nobody rather than to everybody.
    tellAtStart(node, statusFor('INVALID_INPUT'), error as GatewayError);
    return undefined;
  }
}

const openStatus = ({ token, allow }: ReceiverOptions): Status => (token || allow ? LISTENING : NO_TOKEN);

const NO_ROOT =
  'httpNodeRoot is false in settings.js: nothing gets to nodes there; give the receiver a port of its own';

type Answer = (request: PushRequest, token?: string) => Promise<PushAnswer>;

async function route(red: Red, { path }: ReceiverOptions, answer: Answer): Promise<Endpoint> {
  if (red.settings.httpNodeRoot === false) throw invalidInput('path', NO_ROOT);
  const endpoint = openRoute(red, path, answer);
  if (!endpoint) throw new PlaceTaken('path', `another push receiver has ${path} already`);
  return endpoint;
}

/** `dinstarListenHost` in settings.js restricts own ports to one address of the machine. */
function ownPort(red: Red, { path, listen }: ReceiverOptions, answer: Answer): Promise<Endpoint> {
  const host = red.settings.dinstarListenHost;
  return openPort(listen, typeof host === 'string' ? host : undefined, path, answer);
}
