import type { EventEmitter } from 'node:events';
import { readdirSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import path from 'node:path';
import helper from 'node-red-node-test-helper';

import { systemClock } from '../../../lib/clock';
import { SharedRuntime, shareRuntime } from '../../../lib/runtime/SharedRuntime';
import { Inbox } from '../Inbox';
import { root } from '../repository';
import { temporaryFolder } from '../temporaryFolder';
import type { FlowClock } from './FlowClock';
import { tlsConfig } from './tlsConfig';

/** A node of a flow as the editor would save it. */
export interface FlowNode {
  id: string;
  type: string;
  [property: string]: unknown;
}

type Parser = (...exchange: [...Parameters<RequestListener>, next: (error?: unknown) => void]) => void;
const { json, urlencoded } = require('body-parser') as {
  json(options: object): Parser;
  urlencoded(options: object): Parser;
};
/** Those that come first in Node-RED where the editor lies at the root. */
const parsers = [json({ limit: '5mb' }), urlencoded({ limit: '5mb', extended: true })];

type Credentials = Record<string, Record<string, string>>;

let flows = 0;

/** What the nodes have their time of, when that isn't the machine's. */
let time: FlowClock | undefined;

/**
 * Runs the tests of this `describe` in a Node-RED: of the version that NODE_RED_LIB names, else the one installed.
 * @param clock by which the nodes live: its time passes while somebody waits for what a node emits, a status or a deploy
 */
export function inNodeRed(clock?: FlowClock): void {
  before((done) => {
    time = clock;
    shareRuntime(new SharedRuntime(clock ?? systemClock, Math.random));
    helper.init(process.env.NODE_RED_LIB ?? require.resolve('node-red'), {
      dinstarListenHost: '127.0.0.1',
      userDir: temporaryFolder('flow'),
    });
    helper.startServer(done);
  });
  afterEach(() => passing(helper.unload()));
  after((done) => {
    helper.stopServer(done);
  });
}

/** Lets time pass until `work` has come to its end. */
const passing = <T>(work: Promise<T>): Promise<T> => time?.during(work) ?? work;

/** Ids of nodes that no earlier test has used: what a test leaves waiting must not turn up in another. */
export function freshId(name: string): string {
  flows += 1;
  return `${name}-${flows}`;
}

/**
 * Starts a flow. Every node must have an `x` or be a config node; a node of the type `helper` catches messages.
 * @param core files of Node-RED's own nodes that the flow has besides catch, complete and status
 */
export async function load(flow: FlowNode[], credentials: Credentials = {}, core: string[] = []): Promise<void> {
  const from = { paths: [process.env.NODE_RED_LIB ?? require.resolve('node-red')].map((file) => path.dirname(file)) };
  const theirs = core.map((file) => require(require.resolve(`@node-red/nodes/core/${file}`, from)));
  await passing(helper.load([...ourNodes(), ...theirs, tlsConfig, capture], flow, credentials));
}

/** Every node of the palette and every plugin, by the folder listing as the build finds them. */
const ourNodes = (): unknown[] =>
  ['nodes', 'plugins'].flatMap((kind) =>
    readdirSync(path.join(root, kind)).map((name) => require(path.join(root, kind, name, `${name}.ts`))),
  );

/** Deploys other flows over the running ones. */
export async function deploy(
  flow: FlowNode[],
  type: 'full' | 'nodes' | 'flows' = 'full',
  credentials: Credentials = {},
): Promise<void> {
  const started = new Promise<void>((resolve) => events?.once('flows:started', () => resolve()));
  await passing(helper.setFlows(flow, type, credentials)).catch((error: Error) => {
    // The test helper itself gives the new nodes 300 ms, which a busy machine may take longer for.
    if (error.message !== 'timeout waiting event') throw error;
  });
  await passing(started);
}

/** A running node. Throws when there is none of that id. */
export function nodeOf(id: string): NonNullable<ReturnType<typeof helper.getNode>> {
  const node = helper.getNode(id);
  if (!node) throw new Error(`no node ${id} runs`);
  return node;
}

const passTime = () => {
  const clock = time;
  return clock && ((holds: () => boolean, ms: number) => clock.until(holds, ms));
};

/** What arrives at a helper node from now on. */
export function inboxOf(id: string): Inbox {
  const inbox = new Inbox(id, passTime());
  nodeOf(id).on('input', (message: Record<string, unknown>) => inbox.put(message));
  return inbox;
}

const NAMESPACE = /^@gsm-gateway\/node-red-dinstar\/[a-z-]+:/;

/** Statuses that a node sets from now on, their texts without the catalogue's namespace. */
export function statusesOf(id: string): Inbox<{ fill?: string; shape?: string; text?: string }> {
  const inbox = new Inbox<{ fill?: string; shape?: string; text?: string }>(`status of ${id}`, passTime());
  nodeOf(id).on('call:status', ({ firstArg }: { firstArg: { text?: string } }) =>
    inbox.put({ ...firstArg, ...(firstArg.text && { text: firstArg.text.replace(NAMESPACE, '') }) }),
  );
  return inbox;
}

/** What was logged so far, as texts. */
export function logged(): string[] {
  return helper.log().args.map(([{ msg }]) => (msg instanceof Error ? msg.message : String(msg)));
}

let app: RequestListener | undefined;
let admin: RequestListener | undefined;
let events: EventEmitter | undefined;

/** A module that Node-RED loads like a node's: to get hold of the app that nodes put their routes on, and of its events. */
const capture = (red: { httpNode: RequestListener; httpAdmin: RequestListener; events: EventEmitter }): void => {
  events = red.events;
  app = red.httpNode;
  admin = red.httpAdmin;
};

/** The app with the admin routes; everybody has every permission there. */
export function adminApp(): RequestListener {
  if (!admin) throw new Error('no flow was loaded');
  return admin;
}

/** The app with the nodes' own routes; `parsed`: behind a JSON body parser, as Node-RED's admin app puts it. */
export function nodeApp(how?: 'parsed'): RequestListener {
  const own = app;
  if (!own) throw new Error('no flow was loaded');
  if (how === undefined) return own;
  return parsers.reduceRight<RequestListener>(
    (next, parser) => (request, response) =>
      parser(request, response, (error) => (error ? response.writeHead(400).end() : next(request, response))),
    own,
  );
}
