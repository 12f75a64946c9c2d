import type { Oddity } from '../gateway-api';

/** How many different ones are said of a gateway: a log isn't there to be filled. */
const MOST_SAID = 200;

/** Says what a gateway writes outside the manual: each thing once, however often it comes. Lives as long as the gateway's queue. */
export class Oddities {
  private readonly said = new Set<string>();

  /** @param onWarning told of each, for a line in the log */
  constructor(private readonly onWarning: (warning: Error) => void) {}

  /** To be handed on, to a client or a reader of pushes. */
  readonly note = ({ key, text }: Oddity): void => {
    if (this.said.has(key) || this.said.size >= MOST_SAID) return;
    this.said.add(key);
    this.onWarning(new Error(text));
    if (this.said.size === MOST_SAID) this.onWarning(new Error(ENOUGH));
  };
}

const ENOUGH = `The gateway has sent ${MOST_SAID} different things that aren't as its manual has them; further ones aren't said.`;
