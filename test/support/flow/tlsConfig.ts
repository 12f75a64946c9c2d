import type { Red, SavedNode } from '../../../lib/runtime/red';

/** Stands for Node-RED's own tls-config, as far as other nodes use it: test/package uses the real one. */
export const tlsConfig = (red: Red): void => {
  red.nodes.registerType('tls-config', function (saved: SavedNode) {
    red.nodes.createNode(this, saved);
    Object.assign(this, {
      addTLSOptions: (options: object) => Object.assign(options, { ca: saved.ca, rejectUnauthorized: true }),
    });
  });
};
