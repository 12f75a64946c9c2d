import type { GatewayError } from '../../gateway-api';
import { asError } from '../input';
import type { Message, RedNode, Status } from '../red';
import { FINE, statusOf } from '../status';

/**
 * What a node that asks its gateway again and again shows and says when that fails: one error for an outage, however many
 * questions it swallows (contract, port info). The error carries a message, so that a Catch node sees it.
 */
export class Trouble {
  private code: string | undefined;

  /** @param about what the error's message holds: which gateway it is */
  constructor(
    private readonly node: RedNode,
    private readonly about: () => Message,
  ) {}

  /** It went well, or well again. */
  over(status: Status = FINE): void {
    this.code = undefined;
    this.node.status(status);
  }

  /** It failed. `STOPPED` is no failure: whoever asked has gone. */
  met(reason: unknown): void {
    const error: GatewayError = asError(reason);
    if (error.code === 'STOPPED') return;
    this.node.status(statusOf(error));
    if (this.code === error.code) return;
    this.code = error.code;
    this.node.error(error, this.about());
  }
}
