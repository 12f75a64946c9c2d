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

export interface SidebarGateway {
  id: string;
  name: string;
  address: string;
  sn?: string;
  /** ISO code of the country in which its numbers are dialled, where it is known. */
  country?: string;
  /** Of a simulated gateway: its web page, on Node-RED's machine. */
  page?: string;
  /** `OK`, `UNHEARD` before the first answer, or why not; `since`: when the silence began. */
  state: { code: string; level: Level; since?: number };
  /** When the gateway last answered. */
  answered?: number;
  /** Seconds that its two clocks are ahead of this machine's, as far as that is known: the device's, the network's. */
  clocks?: { device?: number; network?: number };
  /** SMS that wait here, at most {@link MOST_COUNTED}, and in the gateway, ours and others'. */
  queue: { here?: number; there?: number };
  hourlyLimit?: { count: number; limit: number; held: boolean };
  minutes: SidebarMinutes;
  ports: SidebarPort[];
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

/** The topic on the editor's connection, both ways. */
export const SIDEBAR_TOPIC = 'dinstar/sidebar';
/** Counting ends there. */
export const MOST_COUNTED = 10_000;
