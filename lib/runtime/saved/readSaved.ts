import { type GatewayError, invalidInput } from '../../gateway-api';
import { type Rules, wrongBy } from '../../properties/rules';
import { isTyped } from '../../properties/typed';
import type { Red, RedNode, SavedNode } from '../red';
import { withTypes } from '../typedInput';
import { copiedList, cutOff, isBlank, isValue, listIn, wrongKind } from './savedValues';
import { variableIn } from './variables';

/** What a node is read by. */
export interface SavedShape {
  /** Of its config.ts: the kind of each default is that of its property. */
  defaults: object;
  /** Of its config.ts: what its properties may be beyond their kind. */
  rules?: Rules;
  /** Properties and credentials that keep something shut: by a variable that is set but empty they would be open to all. */
  guards?: readonly string[];
  /** Whether its name counts for more than the editor's label. */
  named?: boolean;
}

/** A node's properties with Node-RED's variables in them. */
export interface Settings {
  properties: SavedNode;
  /** As they are written in the flow file, variables and all. */
  written: Readonly<Record<string, unknown>>;
  /** `INVALID_INPUT` that names the property and its variable: the node may do nothing then. */
  problem: GatewayError | undefined;
}

/**
 * Reads what a node was saved with, after `createNode`: the one place that knows what Node-RED makes of `${NAME}`. Texts are
 * texts whatever a variable holds, also in `node.credentials`. What can't be meant is told as `problem`, and never throws.
 */
export function readSaved(red: Red, node: RedNode, saved: SavedNode, shape: SavedShape): Settings {
  const written = writtenOf(red, saved);
  const properties: SavedNode = { ...saved };
  const problems: GatewayError[] = [];
  const heed = (read: () => unknown): unknown => {
    try {
      return read();
    } catch (error) {
      problems.push(error as GatewayError);
      return undefined;
    }
  };
  const types = { ...shape.defaults, ...saved } as Record<string, unknown>;
  for (const [key, value] of Object.entries(saved)) {
    if (!concerns(key, value, shape)) continue;
    const type = isTyped(key, shape.defaults) ? types[`${key}Type`] : undefined;
    // Node-RED has put in what is to be the variable's name.
    if (type === 'env') properties[key] = written[key] ?? value;
    else properties[key] = heed(() => readProperty(key, value, { type, written: written[key], shape }));
  }
  const held = node.credentials as Record<string, unknown> | undefined;
  const credentials = red.nodes.getCredentials(aliasOf(saved)) ?? {};
  for (const [key, value] of Object.entries(held ?? {})) {
    const text = heed(() => readProperty(key, value, { type: 'credential', written: credentials[key], shape }));
    Object.assign(held as object, { [key]: text === undefined || text === null ? undefined : String(text) });
  }
  return { properties: withTypes(properties, shape.defaults), written, problem: problems[0] };
}

/** In a subflow a node's own id is made up; what it is copied from has the one that is saved. */
const aliasOf = ({ id, _alias }: SavedNode): string => (typeof _alias === 'string' ? _alias : id);

function writtenOf(red: Red, saved: SavedNode): Readonly<Record<string, unknown>> {
  let found: SavedNode | undefined;
  red.nodes.eachNode((one) => {
    if (one.id === aliasOf(saved)) found = one;
  });
  return found ?? {};
}

// `info` is a node's description in the editor, unless it is the list of a flow written by hand.
function concerns(key: string, value: unknown, { defaults, named }: SavedShape): boolean {
  if (key === 'name') return named === true;
  if (key === 'info') return Array.isArray(value);
  return Object.hasOwn(defaults, key) || key === 'infoTypes';
}

interface Place {
  /** Of a typed property. */
  type: unknown;
  written: unknown;
  shape: SavedShape;
}

function readProperty(key: string, value: unknown, { type, written, shape }: Place): unknown {
  const left = variableIn(value);
  if (left?.whole) throw invalidInput(key, `there is no variable ${left.name}`);
  // In an expression it is a text like any other.
  if (left && type !== 'jsonata') throw invalidInput(key, `\${${left.name}} is only a part of it; ${WHOLE_ONLY}`);
  const from = variableIn(written);
  if (from && shape.guards?.includes(key) && isBlank(value)) {
    throw invalidInput(key, `the variable ${from.name} is empty`);
  }
  const fallback = type === 'credential' ? '' : (shape.defaults as Record<string, unknown>)[key];
  const hasType = type !== undefined && type !== 'credential';
  const kind = Array.isArray(fallback) ? 'list' : typeof fallback;
  const list = kind === 'list' && !hasType ? (listIn(value) ?? copiedList(value, written)) : undefined;
  if (list) return list;
  const rule = hasType ? undefined : shape.rules?.[key];
  const wrong = wrongKind(value, hasType ? 'any' : kind) ?? (rule && wrongBy(rule, value));
  if (wrong)
    throw invalidInput(key, `must be ${wrong}${from ? `, and the variable ${from.name} is none` : cutOff(value)}`);
  if (hasType || !isValue(value)) return value;
  // What is compared with words, or counted, is read without the blanks around it, and of blanks alone is the default.
  if (rule && typeof value === 'string') return value.trim() || fallback;
  return typeof fallback === 'string' ? String(value) : value;
}

const WHOLE_ONLY = 'Node-RED puts variables in only where they are the whole value: let one hold all of it';
