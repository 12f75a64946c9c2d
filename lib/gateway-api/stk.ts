import type { ApiSession, CallOptions } from './ApiSession';
import { endpoints } from './endpoints';
import { invalidInput } from './errors';
import { integer, textOrEmpty } from './fields';
import { checkInput, count, portNumber } from './limits';
import { readList } from './lists';
import { recordReader } from './records';
import { type Reply, readDone } from './reply';
import * as v from './schemas';

const INPUT_KINDS = {
  0: 'display',
  1: 'desktop',
  2: 'select',
  3: 'confirm',
  4: 'digit',
  5: 'character',
  8: 'digits',
  9: 'digits_hidden',
  10: 'characters',
  11: 'characters_hidden',
  12: 'locked',
} as const;

/** What a SIM menu waits for, by `input_type` (manual 13.3); `unknown` for a number that the manual doesn't have. */
export type StkInputKind = (typeof INPUT_KINDS)[keyof typeof INPUT_KINDS] | 'unknown';

/** A line of a SIM menu. */
export interface StkItem {
  item_id: number;
  item_string: string;
  [key: string]: unknown;
}

/** What a SIM menu shows (manual 13.3). */
export interface StkView {
  port: number;
  title: string;
  text: string;
  input_type: number;
  input_kind: StkInputKind;
  frame_id: number;
  /** Empty unless there is something to select. */
  item: StkItem[];
  [key: string]: unknown;
}

const readItem = recordReader<StkItem>(
  'an item of a SIM menu',
  v.looseObject({ item_id: integer, item_string: textOrEmpty }),
);

const readFrame = recordReader<Pick<StkView, 'title' | 'text' | 'input_type' | 'frame_id'>>(
  'a SIM menu',
  v.looseObject({ title: textOrEmpty, text: textOrEmpty, input_type: integer, frame_id: integer }),
);

const portQuery = v.object({ port: portNumber });

/** Manual 13. */
export async function getStkView(
  gateway: ApiSession,
  query: { port: number },
  options?: CallOptions,
): Promise<StkView> {
  const { port } = checkInput(portQuery, query);
  const read = (reply: Reply): StkView => {
    const frame = readFrame(reply);
    const item = readList(reply, 'item', readItem, gateway.reading);
    return { ...frame, port, input_kind: kindOf(frame.input_type), item };
  };
  return gateway.ask(endpoints.getStkView, { port }, read, options);
}

function kindOf(inputType: number): StkInputKind {
  return Object.hasOwn(INPUT_KINDS, inputType) ? INPUT_KINDS[inputType as keyof typeof INPUT_KINDS] : 'unknown';
}

/** A step in a SIM menu (manual 14.2): one of item, param and action at least. */
export interface StkGoRequest {
  port: number;
  /** The item_id to select. */
  item?: number;
  /** The text to enter. */
  param?: string;
  /** `cancel` goes out in the spelling that this gateway knows. */
  action?: 'ok' | 'cancel' | 'home';
}

const stkGoRequest = v.looseObject({
  port: portNumber,
  item: v.optional(count),
  param: v.optional(v.string('must be a text')),
  action: v.optional(v.picklist(['ok', 'cancel', 'home'], 'must be ok, cancel or home')),
});

/** Manual 14, which documents no answer. */
export async function stkGo(gateway: ApiSession, request: StkGoRequest, options?: CallOptions): Promise<Reply> {
  const params = checkInput(stkGoRequest, request);
  if (params.item === undefined && params.param === undefined && params.action === undefined) {
    throw invalidInput('action', 'is missing, and there is no item or param either');
  }
  const action = params.action === 'cancel' ? gateway.stkCancelWord : params.action;
  return gateway.ask(endpoints.stkGo, { ...params, action }, readDone, options);
}

/** Which frame of its menu a SIM shows; it changes with each step. */
export interface StkFrame {
  port: number;
  frame_id: number;
  [key: string]: unknown;
}

const readFrameId = recordReader<{ frame_id: number }>('a frame of a SIM menu', v.looseObject({ frame_id: integer }));

/** Manual 15. */
export async function getStkCurrFrameIndex(
  gateway: ApiSession,
  query: { port: number },
  options?: CallOptions,
): Promise<StkFrame> {
  const { port } = checkInput(portQuery, query);
  return gateway.ask(endpoints.getStkCurrFrameIndex, { port }, (reply) => ({ ...readFrameId(reply), port }), options);
}
