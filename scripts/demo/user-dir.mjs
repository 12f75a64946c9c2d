// The demo's Node-RED user directory. Flows a person has changed there are kept; the rest is written at each start.
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { inRoot, root } from '../common/paths.mjs';

const GATEWAY_TYPE = 'dinstar-gateway';

/** Where it lies: inside the clone, unless a test wants another place. */
export const userDir = () => path.resolve(process.env.DINSTAR_DEMO_DIR ?? inRoot('.node-red'));

/**
 * Makes the user directory ready: settings, this package as an installed one, and the demo flow if there's none yet.
 * `login` is what the simulated gateways ask for: `{ username, password }`; `flows` is the demo's flow, `more` the credentials of
 * other nodes by their ids, which count anew at each start.
 */
export function prepareUserDir({
  port,
  login,
  folder = userDir(),
  flows = inRoot('scripts', 'demo', 'flows.json'),
  more = {},
}) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'settings.js'), `module.exports = ${JSON.stringify(settings(port), null, 2)};\n`);
  linkPackage(folder);
  const own = path.join(folder, 'flows.json');
  const secrets = path.join(folder, 'flows_cred.json');
  if (!existsSync(own)) {
    copyFileSync(flows, own);
    writeFileSync(secrets, JSON.stringify(credentialsFor(own, login), null, 2));
  }
  if (Object.keys(more).length > 0) {
    writeFileSync(secrets, JSON.stringify({ ...JSON.parse(readFileSync(secrets, 'utf8')), ...more }, null, 2));
  }
  return folder;
}

function settings(port) {
  return {
    uiHost: '127.0.0.1',
    uiPort: port,
    flowFile: 'flows.json',
    // The simulator's login is no secret, and a key made on this machine would not fit the next clone.
    credentialSecret: false,
    telemetry: { enabled: false, updateNotification: false },
    // Nothing of the demo reaches beyond this machine.
    externalModules: { palette: { allowInstall: false, allowUpload: false }, modules: { allowInstall: false } },
    editorTheme: { tours: false, projects: { enabled: false }, page: { title: 'GSM gateway demo' } },
    logging: { console: { level: 'info', metrics: false, audit: false } },
  };
}

// Installed as a link, Node-RED finds nodes, icons, locales and examples as it will in the published package.
function linkPackage(folder) {
  const { name } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'));
  const link = path.join(folder, 'node_modules', name);
  mkdirSync(path.dirname(link), { recursive: true });
  rmSync(link, { recursive: true, force: true });
  symlinkSync(root, link, 'junction');
}

function credentialsFor(flowFile, login) {
  const gateways = JSON.parse(readFileSync(flowFile, 'utf8')).filter((node) => node.type === GATEWAY_TYPE);
  return Object.fromEntries(gateways.map((node) => [node.id, login]));
}
