import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import should from 'should';
import { type RunningNodeRed, startNodeRed, versions } from '../support/node-red';
import { manifest } from '../support/repository';

const OWN_LIMIT = 3_900_000;
const WITH_DEPENDENCIES_LIMIT = 9_000_000;

/** A node set as the admin API lists it. */
interface NodeSet {
  module: string;
  name: string;
  types: string[];
  enabled: boolean;
  err?: unknown;
}

for (const version of versions) {
  describe(`installed by npm into an empty user directory of Node-RED ${version}`, function () {
    this.timeout(300_000);
    let nodeRed: RunningNodeRed;

    before(async () => {
      nodeRed = await startNodeRed({ version, install: 'tarball', flows: [] });
    });

    after(async () => {
      await nodeRed?.stop();
    });

    it('loads every node set, each with its type', async () => {
      const { name, 'node-red': sets } = manifest();
      const listed = (await (await nodeRed.admin('/nodes')).json()) as NodeSet[];
      const ours = listed.filter((set) => set.module === name);
      const loaded = ours.filter((set) => set.enabled && !set.err).map((set) => [set.name, ...set.types]);
      should(loaded.sort()).eql(
        Object.keys(sets.nodes)
          .map((set) => [set, `dinstar-${set}`])
          .sort(),
      );
    });

    it('logs no warning that names the package', () => {
      const complaints = nodeRed.log().match(/^.*\[(warn|error)\].*$/gm) ?? [];
      should(complaints.filter((line) => /gsm-gateway|dinstar/i.test(line))).be.empty();
      should(nodeRed.log()).match(new RegExp(`Node-RED version: v${version}\\.`));
    });

    it('serves the form, the catalogue and the help of each node', async () => {
      const forms = await (await nodeRed.admin('/nodes', { headers: { Accept: 'text/html' } })).text();
      for (const set of Object.keys(manifest()['node-red'].nodes)) {
        const type = `dinstar-${set}`;
        should(forms).containEql(`data-template-name="${type}"`).and.containEql(`data-help-name="${type}"`);
        const catalogue = await nodeRed.admin(`/nodes/${manifest().name}/${set}/messages?lng=en-US`);
        should(Object.keys((await catalogue.json()) as object)).not.be.empty();
      }
    });

    it('takes at most 3.9 MB, and 9 MB with all it needs', () => {
      const modules = path.join(nodeRed.userDir, 'node_modules');
      const own = bytesIn(path.join(modules, manifest().name));
      const all = bytesIn(modules);
      console.log(`      own: ${(own / 1e6).toFixed(3)} MB, with dependencies: ${(all / 1e6).toFixed(3)} MB`);
      should(own).be.belowOrEqual(OWN_LIMIT);
      should(all).be.belowOrEqual(WITH_DEPENDENCIES_LIMIT);
    });
  });
}

function bytesIn(folder: string): number {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => entry.isFile());
  return files.reduce((sum, file) => sum + statSync(path.join(file.parentPath, file.name)).size, 0);
}
