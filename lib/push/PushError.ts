/** A pushed body that can't be mended; the sender is answered 400. Its text holds nothing of the body. */
export class PushError extends Error {
  override readonly name = 'PushError';
  readonly code = 'BAD_BODY';
}
