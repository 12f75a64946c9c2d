import { freePort } from '../freePort';
import { LoggedProcess } from '../LoggedProcess';
import { temporaryFolder } from '../temporaryFolder';
import { type NodeRedVersion, platform } from './platform';
import {
  type Credentials,
  type FlowNode,
  type Install,
  install,
  linkModule,
  writeFlows,
  writeSettings,
} from './userDir';

/** In English and in German. */
const STARTED_OR_STUCK =
  /Started (?:modified )?(?:flows|nodes)|(?:Flows|Nodes) sind gestartet|(Waiting for missing types|Warten auf Registrierung)/;
const START_WITHIN_MS = 120_000;

/** What a Node-RED is started with. */
export interface NodeRedOptions {
  version: NodeRedVersion;
  install: Install;
  /** The flow file; without it, the one in `userDir` stays. */
  flows?: readonly FlowNode[];
  credentials?: Credentials;
  /** Goes over the harness's own settings; plain JSON. */
  settings?: object;
  /** The user directory of a Node-RED that was stopped or killed, to start again where it ended. */
  userDir?: string;
  env?: Record<string, string>;
  /** Other packages with nodes, linked from the clone's node_modules. */
  modules?: readonly string[];
}

/** How a deploy treats the nodes that run: as the editor's Deploy menu. */
export type DeployType = 'full' | 'flows' | 'nodes' | 'reload';

/** A Node-RED process of its own. */
export interface RunningNodeRed {
  /** The editor's address, without a closing slash. */
  url: string;
  userDir: string;
  pid: number | undefined;
  /** All it logged so far. */
  log(): string;
  /** Resolves when the log (from character `from` on) matches; rejects after `ms` milliseconds, with the log's end. */
  waitForLog(pattern: RegExp, ms: number, from?: number): Promise<RegExpMatchArray>;
  /** Asks the admin API, for JSON unless `init` says otherwise. */
  admin(path: string, init?: RequestInit): Promise<Response>;
  /** Replaces the flows and resolves when the new ones have started. A node may carry its `credentials`. */
  deploy(flows: readonly FlowNode[], type?: DeployType): Promise<void>;
  /** Ends it politely and resolves with its exit code or signal. */
  stop(): Promise<number | NodeJS.Signals>;
  /** Sends a signal and resolves when the process has ended. */
  kill(signal: NodeJS.Signals): Promise<number | NodeJS.Signals>;
}

/** Starts a Node-RED and resolves when its flows run; its user directory is a temporary one. */
export async function startNodeRed(options: NodeRedOptions): Promise<RunningNodeRed> {
  const userDir = options.userDir ?? temporaryFolder(`node-red-${options.version}`);
  const port = await freePort();
  if (options.flows || !options.userDir) writeFlows(userDir, options.flows ?? [], options.credentials);
  writeSettings(userDir, port, options.settings);
  await install(userDir, options.install);
  for (const name of options.modules ?? []) linkModule(userDir, name);
  const { node, script } = platform(options.version);
  const child = new LoggedProcess(node, [script, '--userDir', userDir], { cwd: userDir, env: options.env });
  await untilStarted(child);
  return running(child, `http://127.0.0.1:${port}`, userDir);
}

async function untilStarted(child: LoggedProcess, from = 0): Promise<void> {
  const match = await child.waitForLog(STARTED_OR_STUCK, START_WITHIN_MS, from).catch(async (error: Error) => {
    await child.stop();
    throw error;
  });
  if (match[1] === undefined) return;
  // It names the types after this line; the end of the log has them.
  await child.stop();
  throw new Error(`Node-RED doesn't know all types of the flow:\n${child.log()}`);
}

function running(child: LoggedProcess, url: string, userDir: string): RunningNodeRed {
  const admin = (path: string, init: RequestInit = {}): Promise<Response> =>
    fetch(url + path, { ...init, headers: { Accept: 'application/json', ...init.headers } });
  return {
    url,
    userDir,
    pid: child.pid,
    log: () => child.log(),
    waitForLog: (pattern, ms, from) => child.waitForLog(pattern, ms, from),
    admin,
    async deploy(flows, type = 'full') {
      const from = child.log().length;
      const headers = { 'Content-Type': 'application/json', 'Node-RED-Deployment-Type': type };
      const answer = await admin('/flows', { method: 'POST', headers, body: JSON.stringify(flows) });
      if (!answer.ok) throw new Error(`the deploy was answered ${answer.status}: ${await answer.text()}`);
      await untilStarted(child, from);
    },
    stop: () => child.stop(),
    async kill(signal) {
      child.kill(signal);
      return child.ended;
    },
  };
}
