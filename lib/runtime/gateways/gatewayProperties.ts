import type { AuthMode, StkCancelWord } from '../../gateway-api';
import type { GatewaySettings, Plus } from '../../messaging';

/** A `dinstar-gateway` node's properties as its config.ts leaves them. */
export interface GatewayProperties extends Omit<GatewaySettings, 'plans'> {
  name: string;
  url: string;
  tls: string;
  oldTls: boolean;
  lenientHttp: boolean;
  auth: AuthMode;
  timezone: string;
  sn: string;
  /** Seconds. */
  timeout: number;
  plus: Plus;
  stkCancelWord: StkCancelWord;
  /** A store node's id; empty = the embedded store. */
  store: string;
  /** *SIM plans* as they are saved. */
  plans: unknown;
}

export interface GatewayCredentials {
  username?: string;
  password?: string;
}
