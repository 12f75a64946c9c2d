import type { Gateway } from '../device/Gateway';
import type { GsmPort } from '../device/GsmPort';
import type { Operator } from '../network/operator/Operator';
import type { Simulator } from './simulator';

const shown = 50;

/** What the page shows: ports, the newest SMS in both directions, the queue, where pushes go. */
export function stateOf(simulator: Simulator, gateway: Gateway): Record<string, unknown> {
  return {
    sn: simulator.sn,
    url: simulator.url,
    pushUrl: withoutToken(gateway.pusher.url),
    answers: gateway.answers,
    speed: gateway.world.speed,
    queued: simulator.queued,
    accepted: simulator.submitted.length,
    faults: simulator.faults.map(({ fault, path, times, ms }) => ({ fault, path, times, ms })),
    ports: gateway.ports.map((port) => portState(port, gateway.world.operator)),
    operator: {
      ...gateway.world.operator.terms,
      log: gateway.world.operator.log
        .slice(-shown)
        .reverse()
        .map(({ at, text }) => ({ time: gateway.world.printNetwork(at - gateway.world.ahead.network), text })),
    },
    outgoing: simulator.submitted
      .slice(-shown)
      .reverse()
      .map(({ number, text, state, sentPort, count, user_id, at }) => ({
        number,
        text,
        state,
        port: sentPort,
        count,
        user_id,
        time: gateway.world.print(at),
      })),
    incoming: gateway.inbox.newest(shown),
  };
}

function portState(port: GsmPort, operator: Operator): Record<string, unknown> {
  const { card } = port;
  return {
    port: port.port,
    reg: port.reg,
    operator: port.operator,
    number: port.number,
    signal: port.registered ? port.signal : 0,
    slot: port.slot,
    slots: port.cards.all.map((one) => one?.iccid ?? ''),
    iccid: port.iccid,
    balance: card?.balance,
    barred: card?.barred,
    used: card && operator.usedOf(card).map(({ count, per, max, value }) => ({ count, per, max, value })),
    stuck: port.stuck,
    lying: port.lying,
    blocked: port.blocked,
    locked: port.locked,
    sending: port.sending,
  };
}

/** A push address carries its token in the path, after a place that is called so most of the time; others carry it elsewhere. */
function withoutToken(url: string | undefined): string | undefined {
  if (url === undefined || !URL.canParse(url)) return url && '…';
  const { protocol, host, pathname, search } = new URL(url);
  const place = /^(?:\/dinstar\/push|\/push)?(?=\/|$)/.exec(pathname)?.[0] ?? '';
  const hasMore = pathname.slice(place.length).length > 1 || search !== '';
  return `${protocol}//${host}${place}${hasMore ? '/…' : ''}`;
}
