// What the sidebar shows, as the runtime sends it to the browser: both sides read these types, and nothing else of each
// other. Times are ms since 1970. It holds no password and no address with one.

/** How something does: fine, waiting for something, failed, or nothing known of it. */
export type Level = 'good' | 'waiting' | 'bad' | 'unknown';

/** A port as its button shows it (manual 10.3). */
export interface SidebarPort {
  port: number;
  /** REGISTER_OK, NO_SIM …; UNKNOWN where the gateway doesn't say. */
  reg: string;
  level: Level;
  /** 0 to 31. */
  signal?: number;
  type?: string;
  callstate?: string;
  /** 0 to 3; absent when the gateway isn't a multi-SIM one. */
  slot?: number;
  number?: string;
}

/** An SMS that was sent or received lately. */
export interface SidebarSms {
  key: string;
  direction: 'out' | 'in';
  at: number;
  number: string;
  /** Cut off where it is long. */
  text: string;
  port?: number;
  /** Of a sent one. */
  status?: string;
  level: Level;
}

/** Something that happened. */
export interface SidebarEvent {
  key: number;
  at: number;
  level: Level;
  /** `connection`: reached (`code` absent) or held up by `code`. `port`: registered or lost. `ussd`: a text came. `hourlyLimit`: was reset. */
  kind: 'connection' | 'port' | 'ussd' | 'hourlyLimit';
  code?: string;
  port?: number;
  text?: string;
}

/** How many SMS in each of the last minutes, the current one last. */
export interface SidebarMinutes {
  sent: number[];
  delivered: number[];
  failed: number[];
}

/** How far a job is, or an input that is one by itself. */
export interface SidebarJob {
  /** What commands call it. */
  job: string;
  /** Whether a flow gave it its name; what has none is told by its node and its time. */
  isNamed: boolean;
  /** The `send sms` node of its latest input, and when that was taken. */
  node: string;
  at: number;
  total: number;
  /** How many wait here; `held` of them may not leave now. */
  waiting: number;
  held: number;
  /** Cumulative: what was delivered was sent, too. */
  sent: number;
  delivered: number;
  /** Without those that somebody stopped. */
  failed: number;
  stopped: number;
  /** It goes on when somebody says so. */
  isPaused: boolean;
  /** When nothing of it will wait any more, at the rate of the last minute. */
  eta?: number;
}

/** How a SIM stands by its plan. */
export interface SidebarSim {
  port: number;
  plan: string;
  /** Of each limit; `resets`: when it begins anew, or the first of a sliding window counts no more. */
  used: { count: string; per: string; value: number; max: number; resets?: number }[];
  /** Until when it sends nothing. */
  resting?: number;
  /** Null where it couldn't be read. */
  balance?: number | null;
}

/** Why SMS that wait here don't leave. */
export interface SidebarHeld {
  /** A word of `held.by` (contract). */
  by: string;
  count: number;
  /** There may be more of them. */
  isMore?: true;
  /** Until when the first of them are held. */
  until?: number;
  /** The same holds for all of them; what it is, in English. */
  text?: string;
}

/** A condition that is raised. */
export interface SidebarCondition {
  condition: string;
  since: number;
  /** As the watch tells it, in the language of the runtime. */
  text: string;
}

export interface SidebarGateway {
  id: string;
  name: string;
  address: string;
  sn?: string;
  /** ISO code of the country in which its numbers are dialled, where it is known. */
  country?: string;
  /** Of a simulated gateway: its web page, on Node-RED's machine. */
  page?: string;
  /** `OK`, `UNHEARD` before the first answer, `FOLLOWS` where another machine talks to it, or why not; `since`: when the silence began. */
  state: { code: string; level: Level; since?: number };
  /** Where several machines share its SMS: the one that talks to it, as far as is known, and whether that is this one. */
  holder?: { name?: string; isThis: boolean };
  /** When the gateway last answered. */
  answered?: number;
  /** Seconds that its two clocks are ahead of this machine's, as far as that is known: the device's, the network's. */
  clocks?: { device?: number; network?: number };
  /** SMS that wait here, at most {@link MOST_COUNTED}, and in the gateway, ours and others'. */
  queue: { here?: number; there?: number };
  held: SidebarHeld[];
  /** What is wrong with it, by the words of the watch. */
  conditions: SidebarCondition[];
  /** Those of which something waits first, then the latest; at most {@link MOST_JOBS}. Of `moreJobs` others something waits, too. */
  jobs: SidebarJob[];
  moreJobs: number;
  hourlyLimit?: { count: number; limit: number; held: boolean };
  minutes: SidebarMinutes;
  ports: SidebarPort[];
  /** Those that have a plan. */
  sims: SidebarSim[];
  sms: SidebarSms[];
  events: SidebarEvent[];
}

export interface SidebarSnapshot {
  /** The runtime's clock, by which all other times are meant. */
  now: number;
  gateways: SidebarGateway[];
}

/** A lease on what the sidebar shows, to be renewed while somebody looks. */
export interface SidebarLease {
  /** Shown over the editor's connection, it brings the snapshots there. */
  ticket: string;
  /** Seconds after which to renew. */
  renew: number;
  write: boolean;
}

/** What a command of the sidebar to a job is answered with. */
export interface JobAnswered {
  waiting: number;
  held: number;
  /** How many were withdrawn here, or dropped by the gateway. */
  stopped: number;
  /** How many had left this machine and aren't final. */
  left: number;
}

/** What stopping all that waits for a gateway is answered with. */
export interface WaitingStopped {
  stopped: number;
}

/** The topic on the editor's connection, both ways. */
export const SIDEBAR_TOPIC = 'dinstar/sidebar';
/** The topic by which all editors are told how many SMS a node has left that a deploy took away. */
export const WAITING_TOPIC = 'dinstar/waiting';
/** Counting ends there. */
export const MOST_COUNTED = 10_000;
/** Jobs that are shown of a gateway. */
export const MOST_JOBS = 10;
