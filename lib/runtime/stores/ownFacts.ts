import { createHash, createHmac } from 'node:crypto';
import type { Facts } from '../../machines';
import { parseConnection } from '../../store';
import type { GatewayNodes } from '../gateways/GatewayNodes';
import type { StoreNodes } from './StoreNodes';

interface ConfigNodes {
  readonly gatewayNodes: Pick<GatewayNodes, 'all'>;
  readonly storeNodes: StoreNodes;
}

/**
 * What this machine tells the others, who read it in the database: digests only. Those of logins have the password of the
 * database for a key, which all machines know and no table holds, and are too short to tell a password by.
 * @param connection the URL of the database
 * @param nodes the ids of all nodes in the flows that are ours, disabled ones too
 */
export function ownFacts(
  { gatewayNodes, storeNodes: stores }: ConfigNodes,
  connection: string,
  nodes: readonly string[],
): Partial<Facts> {
  const gateways = gatewayNodes.all();
  const { user = '', password = '' } = parseConnection(connection) ?? {};
  const logins = gateways.map(({ id, secrets }) => [id, keyed(password, JSON.stringify([id, ...secrets]))]);
  return {
    settings: Object.fromEntries([
      ...gateways.map(({ id, properties }) => [id, digest(properties)]),
      ...stores.settings().map(([id, settings]) => [id, digest(settings)]),
    ]),
    logins: { key: password === '' ? '' : user, of: password === '' ? {} : Object.fromEntries(logins) },
    stores: Object.fromEntries(gateways.map(({ id, properties }) => [id, stores.of(properties.store).kind])),
    nodes: digest([...nodes].sort()),
  };
}

const digest = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 12);

/** 12 bits: of all passwords every 4096th has the same. */
const keyed = (key: string, text: string): string => createHmac('sha256', key).update(text).digest('hex').slice(0, 3);
