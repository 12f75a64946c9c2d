declare module 'node-red-node-test-helper' {
  import type { EventEmitter } from 'node:events';

  interface Helper {
    init(runtimePath: string, settings?: object): void;
    settings(settings: object): void;
    load(modules: unknown[], flow: object[], credentials: object): Promise<void>;
    unload(): Promise<void>;
    getNode(id: string): (EventEmitter & { receive(message: object): void }) | null;
    startServer(started: () => void): void;
    stopServer(stopped: () => void): void;
    /** Deploys other flows. */
    setFlows(flow: object[], type?: 'full' | 'nodes' | 'flows', credentials?: object): Promise<void>;
    log(): { args: [{ level: number; msg: unknown; id?: string; type?: string }][] };
  }
  const helper: Helper;
  export default helper;
}
