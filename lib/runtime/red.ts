import type { Server } from 'node:http';
import type { ValueType } from '../properties/typed';

// Node-RED's published types stop at about version 3 and are loose; this is what we use of it, and no more.

/** A message as it travels through a flow. */
export interface Message {
  _msgid?: string;
  payload?: unknown;
  topic?: string;
  [key: string]: unknown;
}

export interface Status {
  fill?: 'red' | 'green' | 'yellow' | 'blue' | 'grey';
  shape?: 'ring' | 'dot';
  text?: string;
  /** What the text of the catalogue holds: it is made up before Node-RED sees it (`startNode`). */
  values?: Readonly<Record<string, string | number>>;
}

export type Send = (message: Message | (Message | Message[] | null)[]) => void;
export type Done = (error?: Error) => void;

/** What Node-RED hands to a node's constructor: its properties as the editor saved them. */
export interface SavedNode {
  id: string;
  type: string;
  name?: string;
  z?: string;
  [property: string]: unknown;
}

export interface RedNode<Credentials = unknown> {
  id: string;
  /** In a subflow: the id that the node of its template was saved with. */
  _alias?: string;
  type: string;
  name?: string;
  z?: string;
  credentials?: Credentials;
  wires?: string[][];
  send: Send;
  status(status: Status | ''): void;
  log(text: string): void;
  warn(text: string): void;
  error(problem: string | Error, message?: Message): void;
  on(event: 'input', listener: (message: Message, send: Send, done: Done) => void): void;
  on(event: 'close', listener: (removed: boolean, done: () => void) => void): void;
}

export interface Red {
  nodes: {
    createNode(node: RedNode, saved: SavedNode): void;
    registerType<C>(
      type: string,
      create: (this: RedNode<C>, saved: SavedNode) => void,
      options?: { credentials?: Record<string, { type: 'text' | 'password' }> },
    ): void;
    getNode(id: string): RedNode | null;
    eachNode(visit: (saved: SavedNode) => void): void;
    /** As they were saved, variables and all. */
    getCredentials(id: string): Record<string, unknown> | undefined;
  };
  util: {
    evaluateNodeProperty(
      value: string,
      type: ValueType,
      node: RedNode,
      message: Message,
      callback: (error: Error | null, value: unknown) => void,
    ): void;
    /** An expression as nodes evaluate it; without a node its functions know of none. */
    prepareJSONataExpression(value: string): {
      assign(name: string | symbol, value: unknown): void;
      evaluate(input: object): Promise<unknown>;
    };
    cloneMessage(message: Message): Message;
    /** The value of an environment variable as a node sees it. */
    getSetting(node: object, name: string): unknown;
    generateId(): string;
  };
  settings: { userDir?: string; httpNodeRoot?: string | false; [key: string]: unknown };
  httpNode: HttpApp;
  httpAdmin: HttpApp;
  auth: { needsPermission(permission: string): HttpHandler };
  server: Server;
  /** Node-RED's own events; `config` is the same object as long as no other flows are deployed. */
  events: {
    on(
      event: 'flows:starting' | 'flows:started' | 'flows:stopping',
      listener: (about: { config: unknown }) => void,
    ): void;
    /** What an editor sent over its connection; `session` is that connection's. */
    on(
      event: `comms:message:${string}`,
      listener: (message: { session: string; data: unknown; user?: User }) => void,
    ): void;
    /** Sends to the editors, or with `session` to one of them. */
    emit(event: 'comms', message: { topic: string; data: unknown; retain: boolean; session?: string }): void;
  };
  plugins: { registerPlugin(id: string, definition: object): void };
  log: { info(text: string): void; warn(text: string): void; error(text: string): void };
  _(key: string, values?: Record<string, unknown>): string;
}

/** Who uses the editor; without a name where nobody logs in. */
export interface User {
  username?: string;
}

/** What tells users apart. */
export const nameOf = (user: User | null | undefined): string => user?.username ?? '';

/** The part of an Express request that a node's route uses; node:http's own has it too, but for `params`. */
export interface HttpRequest {
  /** Who has logged in to the editor, on an admin route. */
  user?: User;
  headers: Record<string, string | string[] | undefined>;
  /** There when a body parser came first, whether or not it has read anything. */
  body?: unknown;
  /** Whether somebody has read of the body, or all of it. */
  readableDidRead?: boolean;
  readableEnded?: boolean;
  params: Record<string, string>;
  socket: { remoteAddress?: string };
  on(event: 'data', listener: (chunk: Buffer) => void): unknown;
  on(event: 'end' | 'close', listener: () => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  resume(): unknown;
}

export interface HttpResponse {
  status(code: number): HttpResponse;
  set(header: string, value: string): HttpResponse;
  end(body?: string): void;
  json(body: unknown): void;
  on(event: 'close', listener: () => void): unknown;
  headersSent: boolean;
}

export type HttpHandler = (request: HttpRequest, response: HttpResponse, next: (error?: Error) => void) => void;

/** As much as we look at of Express's list of routes. */
export interface HttpRouter {
  stack: { route?: { path: unknown; methods: Record<string, boolean>; stack: { handle: HttpHandler }[] } }[];
}

export interface HttpApp {
  get(path: string, ...handlers: HttpHandler[]): void;
  post(path: string, ...handlers: HttpHandler[]): void;
  _router?: HttpRouter;
  router?: HttpRouter;
}
