import { createHash } from 'node:crypto';
import type { Simulator } from '../../../simulator';
import type { Clock } from '../../clock';
import { simulatorTime } from './simulatorTime';

/** The name in an address such as `simulator:farm`; `simulator:` alone has the empty one. Undefined = another address. */
export function simulatorName(url: string): string | undefined {
  const match = /^simulator:(?:\/\/)?([^/]*)\/?$/i.exec(url.trim());
  return match?.[1]?.trim().toLowerCase();
}

export interface SimulatorsOptions {
  clock: Clock;
  /** What a simulated gateway pushes. */
  onPush: (body: string, name: string) => Promise<void>;
}

/** The simulated gateways that run inside this Node-RED, one a name. */
export class Simulators {
  private readonly running = new Map<string, Promise<Simulator>>();

  constructor(private readonly options: SimulatorsOptions) {}

  /** The simulated gateway of that name, started by whoever asks first. Rejects when it can't listen. */
  start(name: string): Promise<Simulator> {
    const there = this.running.get(name);
    if (there !== undefined) return there;
    const { clock, onPush } = this.options;
    // Required late: with real gateways nobody needs it.
    const { startSimulator } = require('../../../simulator') as typeof import('../../../simulator');
    const simulator = startSimulator({
      sn: serialNumber(name),
      onPush: (body) => onPush(body, name),
      ...simulatorTime(clock),
    });
    this.running.set(name, simulator);
    simulator.catch(() => this.running.delete(name));
    return simulator;
  }

  /** Ends all that aren't in use any more. */
  async keepOnly(names: ReadonlySet<string>): Promise<void> {
    const unused = [...this.running].filter(([name]) => !names.has(name));
    for (const [name] of unused) this.running.delete(name);
    await Promise.allSettled(unused.map(async ([, simulator]) => (await simulator).close()));
  }
}

function serialNumber(name: string): string | undefined {
  if (name === '') return undefined;
  const digits = createHash('sha256').update(name).digest('hex');
  return `da00-${digits.slice(0, 4)}-${digits.slice(4, 8)}-${digits.slice(8, 12)}`;
}
