import type { ListedPort } from '../admin/answers';
import { askAdmin } from './admin';

/** The ports that a deployed gateway has. Rejects with an `AdminError`. */
export async function livePorts(gateway: string): Promise<ListedPort[]> {
  const path = `gateways/${encodeURIComponent(gateway)}/port-list`;
  return (await askAdmin<{ ports: ListedPort[] }>('GET', path)).ports;
}
