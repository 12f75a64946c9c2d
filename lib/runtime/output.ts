import type { Message, Red, Send } from './red';

/**
 * Answers with records: `array` = one message, `each` = a message a record with `msg.parts`, and none without records. What
 * is no array is one message in any case (contract, conventions).
 * @param own what a message of one record has beside it
 */
export function answer(
  red: Red,
  send: Send,
  message: Message,
  payload: unknown,
  output: 'array' | 'each',
  own: (record: unknown, index: number) => object = () => ({}),
): void {
  if (output === 'array' || !Array.isArray(payload)) {
    send(Object.assign(message, { payload }));
    return;
  }
  const { payload: _asked, ...rest } = message;
  const count = payload.length;
  // As Node-RED's split does: a join puts these together, the next one what was split before.
  const former = message.parts === undefined ? {} : { parts: message.parts };
  const id = red.util.generateId();
  payload.forEach((record: unknown, index) => {
    const parts = { ...former, id, type: 'array', count, len: 1, index };
    send({ ...red.util.cloneMessage(rest), ...own(record, index), payload: record, parts });
  });
}
