/** A port as the editor shows it to choose from. */
export interface ListedPort {
  port: number;
  number?: string;
  /** Country and network code, such as `232 01`: the API has no operator names. */
  network?: string;
  /** 0 to 31. */
  signal?: number;
  reg?: string;
  /** Whether it can send, as far as its `reg` tells. */
  ready: boolean;
}

/** What a receiver's dialog shows of the last push; times in whole seconds before now. */
export interface LastPush {
  seen?: { seconds: number; gateway?: string; topics: string[] };
  /** One that was turned away, where none was taken since. */
  refused?: { seconds: number; status: number; address: string };
}

/** What trying a connection found out. */
export interface ConnectionFound {
  login: 'none' | 'basic' | 'digest';
  /** As its answers give it; older firmware never does. */
  sn?: string;
  ports: number;
  /** How many of them are registered with their network. */
  registered: number;
  /** ISO code of the one country that its SIMs are from. */
  country?: string;
  /** Seconds that the gateway's clock is ahead of this machine's, where its web server tells a time. */
  clockAhead?: number;
  /** Seconds that its two clocks are ahead by what its records have told, in the time zone that is deployed. */
  clocks?: { device?: number; network?: number };
}

/** What a pattern finds in an operator's text. */
export interface BalanceRead {
  /** What it was tried with: what was given, else the last one that a deployed gateway has got; absent where there is none. */
  text?: string;
  /** Null where no balance was found. */
  value: number | null;
}
