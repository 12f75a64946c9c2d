// Node-RED's published types stop at about version 3; this is what the editor's side uses of it, and no more.

/** A node as the editor keeps it: its saved properties, and the function that translates its own keys. */
export interface EditorNode {
  id: string;
  type: string;
  name?: string;
  valid?: boolean | null;
  /** Edited since the last deploy. */
  changed?: boolean;
  _def: { defaults: Record<string, PropertyDefinition> };
  _(key: string, values?: Record<string, string | number>): string;
  [property: string]: unknown;
}

/** Answers `true` or what is wrong. Node-RED takes a text for a message only from a function of exactly two parameters. */
export type Validate = (this: EditorNode, value: unknown, options: unknown) => true | string;

export interface PropertyDefinition {
  value: unknown;
  /** The type of the config node this property names. */
  type?: string;
  required?: boolean;
  validate?: Validate;
}

export interface CredentialDefinition {
  type: 'text' | 'password';
  validate?: Validate;
}

type Translated = string | ((this: EditorNode) => string);

export interface NodeDefinition {
  category: string;
  color: string;
  icon?: string;
  defaults: Record<string, PropertyDefinition>;
  credentials?: Record<string, CredentialDefinition>;
  inputs?: number;
  outputs?: number;
  paletteLabel: Translated;
  label: Translated;
  labelStyle?: Translated;
  inputLabels?: Translated;
  outputLabels?: (this: EditorNode, index: number) => string;
  /** For a node from the palette it is called before it has a place, for one that is imported afterwards. */
  onadd?: (this: EditorNode) => void;
  oneditprepare?: (this: EditorNode) => void;
  oneditsave?: (this: EditorNode) => void;
}

/** A plugin; Node-RED adds the function that translates its own keys before it calls `onadd`. */
export interface PluginDefinition {
  onadd?: (this: PluginDefinition & { _: Translate }) => void;
}

/** Translates a key of a catalogue, its gaps filled in. */
export type Translate = (key: string, values?: Record<string, string | number>) => string;

/** A tab of the sidebar. */
export interface SidebarTab {
  id: string;
  label: string;
  name: string;
  iconClass: string;
  /** An element. */
  content: unknown;
  /** Not shaded while a node is edited. */
  enableOnEdit: boolean;
}

/** The editor's `RED`. */
export interface EditorRed {
  nodes: {
    registerType(type: string, definition: NodeDefinition): void;
    node(id: string): EditorNode | null;
    /** Visits all config nodes, until the visitor says false. */
    eachConfig(visit: (config: EditorNode) => boolean): void;
    getAllDownstreamNodes(node: EditorNode): EditorNode[];
  };
  utils: {
    /** What a node is called on the canvas. */
    getNodeLabel(node: EditorNode, otherwise: string): string;
    /** Whether a value can be read as this type (`msg`, `json`, `num` …): `true` or what is wrong. */
    validateTypedProperty(value: string, type: string, options: object): true | string;
  };
  plugins: { registerPlugin(id: string, definition: PluginDefinition): void };
  sidebar: { addTab(tab: SidebarTab): void };
  /** The editor's connection to the runtime. */
  comms: {
    subscribe(topic: string, listener: (topic: string, data: unknown) => void): void;
    /** Nothing while there is no connection. */
    send(topic: string, data: unknown): void;
    on(event: 'connect', listener: () => void): void;
  };
  /** Shows something for a while, as HTML. */
  notify(html: string, options: { type: 'warning'; timeout: number }): void;
  events: { on(event: 'nodes:add', listener: (node: EditorNode) => void): void };
  clipboard: { copyText(text: string, element: unknown, message: string): boolean };
  settings: { httpNodeRoot: string };
  i18n: {
    /** The language that the editor speaks, which is the browser's only where none was chosen. */
    lang(): string;
  };
  _(key: string): string;
}

declare global {
  const RED: EditorRed;
}
