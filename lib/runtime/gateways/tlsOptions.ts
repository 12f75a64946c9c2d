import type { Red } from '../red';

/** The options of a deployed `tls-config` node, for the client; undefined without one. */
export function tlsOptions(red: Red, id: string): Record<string, unknown> | undefined {
  const node = id === '' ? null : (red.nodes.getNode(id) as { addTLSOptions?: (options: object) => object } | null);
  return node?.addTLSOptions?.({}) as Record<string, unknown> | undefined;
}
