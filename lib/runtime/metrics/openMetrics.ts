import { invalidInput } from '../../gateway-api';
import { parseAllowList } from '../../push';
import { shownReasons } from '../health/shownReasons';
import { type Endpoint, openPort, openRoute, type Taken } from '../http/openEndpoint';
import { openWhenFree } from '../http/openWhenFree';
import { PlaceTaken } from '../http/PlaceTaken';
import type { Red, RedNode } from '../red';
import type { SharedRuntime } from '../SharedRuntime';
import { PORT_TAKEN, statusOf } from '../status';
import { tellAtStart } from '../tellAtStart';
import { answerScrape, type ScrapePages, type ScrapeRules } from './answerScrape';
import type { Metrics } from './Metrics';

/** How a `dinstar-metrics` node is set. */
export interface MetricsSettings {
  path: string;
  /** A TCP port of its own; 0 = Node-RED's. */
  listen: number;
  allow: string;
  trustProxy: string;
  token: string | undefined;
}

/** Prometheus' text format. */
const CONTENT_TYPE = 'text/plain; version=0.0.4; charset=utf-8';
const READS: Taken = { method: 'GET', depth: 2 };

/** Opens the metrics of a node, on Node-RED's HTTP server or a port of its own; returns how to close them. */
export function openMetrics(red: Red, runtime: SharedRuntime, node: RedNode, settings: MetricsSettings): Endpoint {
  runtime.metrics ??= newMetrics(runtime);
  const stopReading = runtime.health.read();
  const stopListening = runtime.subscriptions.add('every', (gateway, { id }) =>
    gateway.pushes.on('sms', (sms) => {
      const others = sms.filter((one) => !gateway.isTest(one));
      runtime.metrics?.incoming(id, others);
    }),
  );
  const endpoint = openWhenFree({
    clock: runtime.clock,
    open: () => open(red, runtime, settings),
    onClosed: (problem) => tellAtStart(node, problem instanceof PlaceTaken ? PORT_TAKEN : statusOf(problem), problem),
    onOpen: (later) => {
      if (later) node.status('');
    },
  });
  return {
    close: async () => {
      stopReading();
      stopListening.now();
      await endpoint.close();
    },
  };
}

// Loaded with the first node that needs it.
function newMetrics({ gatewayNodes, health }: SharedRuntime): Metrics {
  const library = require('./library') as typeof import('./library');
  const { Metrics: Made } = require('./Metrics') as typeof import('./Metrics');
  return new Made({
    ...{ library, nodes: gatewayNodes },
    getFacts: () => health.facts,
    getReasons: () => health.reasons,
  });
}

async function open(red: Red, runtime: SharedRuntime, { path, listen, ...access }: MetricsSettings): Promise<Endpoint> {
  const rules = readRules(access);
  const pages = pagesOf(red, runtime);
  const answer: Parameters<typeof openRoute>[2] = (request, rest = '') =>
    answerScrape(request, rest, rules, pages).catch(() => ({ status: 503, text: 'It could not be read.' }));
  if (listen > 0) {
    const host = red.settings.dinstarListenHost;
    return await openPort(listen, typeof host === 'string' ? host : undefined, path, answer, READS);
  }
  if (red.settings.httpNodeRoot === false) throw invalidInput('path', NO_ROOT);
  const endpoint = openRoute(red, path, answer, READS);
  if (!endpoint) throw new PlaceTaken('path', `other metrics have ${path} already`);
  return endpoint;
}

const NO_ROOT =
  'httpNodeRoot is false in settings.js: nothing gets to nodes there; give the metrics a port of their own';

function readRules({ token, allow, trustProxy }: Omit<MetricsSettings, 'path' | 'listen'>): ScrapeRules {
  const read = (name: 'allow' | 'trustProxy', text: string) => {
    try {
      return parseAllowList(text);
    } catch (error) {
      throw invalidInput(name, (error as Error).message);
    }
  };
  return { token, allow: read('allow', allow), trustProxy: read('trustProxy', trustProxy) };
}

function pagesOf(red: Red, runtime: SharedRuntime): ScrapePages {
  return {
    metrics: async () => ({ text: (await runtime.metrics?.text()) ?? '', type: CONTENT_TYPE }),
    health: () => {
      const { health, gatewayNodes } = runtime;
      const reasons = shownReasons(health.reasons, gatewayNodes, red).map(({ condition, gateway, since, text }) => {
        const since_iso = new Date(since).toISOString();
        return { condition, ...(gateway && { gateway }), since_iso, text };
      });
      return { ok: reasons.length === 0, reasons };
    },
    isReady: () => runtime.isReady(),
  };
}
