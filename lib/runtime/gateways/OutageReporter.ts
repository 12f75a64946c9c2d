import type { ErrorCode, GatewayError } from '../../gateway-api';
import { asError } from '../input';
import { withFieldNamed } from '../namedField';
import type { Message, RedNode, Status } from '../red';
import { FINE, statusOf } from '../status';

/**
 * What a node that asks its gateway again and again shows and says when that fails: one error for an outage, however many
 * questions it swallows (contract, port info). The error carries a message, so that a Catch node sees it.
 */
export class OutageReporter {
  /** What was said since it last went well. */
  private readonly said = new Set<string>();

  /** @param getMessage tells what the error's message holds: which gateway it is */
  constructor(
    private readonly node: RedNode,
    private readonly getMessage: () => Message,
  ) {}

  /** Clears the outage: it went well, or well again. */
  clear(status: Status = FINE): void {
    this.said.clear();
    this.node.status(status);
  }

  /** What was said of a gateway concerns another one now: shows nothing of it. */
  forget(): void {
    if (this.said.size > 0) this.clear({});
  }

  /** Reports a failure. `STOPPED` is none: whoever asked has gone. */
  report(reason: unknown): void {
    const error: GatewayError = withFieldNamed(asError(reason), this.node);
    if (error.code === 'STOPPED') return;
    this.node.status(statusOf(error));
    const kind = kindOf(error.code);
    if (this.said.has(kind)) return;
    this.said.add(kind);
    this.node.error(error, this.getMessage());
  }
}

// A gateway that goes or comes is now silent and now refuses connections: that is one outage.
const kindOf = (code: ErrorCode): ErrorCode => (code === 'TIMEOUT' ? 'UNREACHABLE' : code);
