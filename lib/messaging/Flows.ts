/** Where messages go: the flows of the process, as far as those who emit by themselves need to know. */
export interface Flows {
  /** Resolves when they can take messages: not while a deploy replaces nodes. */
  untilReady(): Promise<void>;
  /** Resolves when what was sent into them can't get lost with the process any more. */
  untilHandedOn(): Promise<void>;
}
