import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { manifest, root } from '../repository';
import { installInto } from './tarball';

/** A node of a flow file. */
export type FlowNode = { id: string; type: string } & Record<string, unknown>;

/** Credentials by node id. */
export type Credentials = Record<string, Record<string, string>>;

/** How this package gets into the user directory: packed and installed, linked to the clone, or not at all. */
export type Install = 'tarball' | 'link' | 'none';

/** Writes the flow file and what belongs beside it, in the clear. */
export function writeFlows(userDir: string, flows: readonly FlowNode[], credentials: Credentials = {}): void {
  writeFileSync(path.join(userDir, 'flows.json'), JSON.stringify(flows));
  writeFileSync(path.join(userDir, 'flows_cred.json'), JSON.stringify(credentials));
}

/** Writes settings.js: bound to 127.0.0.1 and asking nobody outside; `extra` goes last and wins. */
export function writeSettings(userDir: string, port: number, extra: object = {}): void {
  const settings = {
    uiHost: '127.0.0.1',
    uiPort: port,
    flowFile: 'flows.json',
    credentialSecret: false,
    telemetry: { enabled: false, updateNotification: false },
    externalModules: { autoInstall: false, palette: { allowInstall: false } },
    editorTheme: { tours: false, projects: { enabled: false } },
    logging: { console: { level: 'info', metrics: false, audit: false } },
    ...extra,
  };
  writeFileSync(path.join(userDir, 'settings.js'), `module.exports = ${JSON.stringify(settings)};\n`);
}

/** Puts this package into the user directory; one that is there already stays. */
export async function install(userDir: string, how: Install): Promise<void> {
  const target = path.join(userDir, 'node_modules', manifest().name);
  if (how === 'none' || existsSync(target)) return;
  if (how === 'tarball') return installInto(userDir);
  link(root, target);
}

/** Puts another package of the clone's node_modules into the user directory. */
export const linkModule = (userDir: string, name: string): void =>
  link(path.join(root, 'node_modules', name), path.join(userDir, 'node_modules', name));

function link(from: string, to: string): void {
  mkdirSync(path.dirname(to), { recursive: true });
  symlinkSync(from, to, 'junction');
}
