import { GatewayError, invalidInput } from '../../gateway-api';

/** An `INVALID_INPUT` that passes: a place to listen at that a node can't have now. */
export class PlaceTaken extends GatewayError {
  constructor(field: 'path' | 'listen', why: string) {
    const { code, message, taken, cause } = invalidInput(field, why);
    super(code, message, taken, cause);
  }
}
