/** A request the gateway answers with an error_code instead of doing it. */
export class Refusal extends Error {
  /** @param error_code 400 malformed, 413 too much, 500 other, 550 no available port */
  constructor(
    readonly error_code: number,
    reason: string,
  ) {
    super(reason);
  }
}

/** The refusal of a malformed request (error_code 400). */
export const malformed = (reason: string): Refusal => new Refusal(400, reason);
