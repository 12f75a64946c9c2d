/**
 * A pushed body that isn't taken. `BAD_BODY`: it can't be mended, the sender is answered 400; `TOO_MANY`: it holds more
 * records than one push may, or more fields than an object may, 413. Its text holds nothing of the body.
 */
export class PushError extends Error {
  override readonly name = 'PushError';

  constructor(
    message: string,
    readonly code: 'BAD_BODY' | 'TOO_MANY' = 'BAD_BODY',
  ) {
    super(message);
  }
}
