import { askAdmin } from './admin';

/** A port as the runtime lists it (lib/runtime/admin/portList). */
export interface ListedPort {
  port: number;
  number?: string;
  network?: string;
  signal?: number;
  reg?: string;
  ready?: boolean;
}

/** The ports that a deployed gateway has. Rejects with an `AdminError`. */
export async function livePorts(gateway: string): Promise<ListedPort[]> {
  const path = `gateways/${encodeURIComponent(gateway)}/port-list`;
  return (await askAdmin<{ ports: ListedPort[] }>('GET', path)).ports;
}

export const isReady = ({ ready }: ListedPort): boolean => ready === true;
