import { setTimeout } from 'node:timers/promises';
import type { Chance } from '../violence/chance';
import type { Linked, WorkerScene } from './WorkerScene';

/** What befalls machines that share their SMS. */
export const BLOWS = ['kill', 'stop', 'cut', 'cut short', 'clock', 'restart', 'crash'] as const;
export type Blow = (typeof BLOWS)[number];

const HOUR_MS = 3_600_000;

/** What came of a blow: how long gateways stood still that somebody else had to take, in ms. */
export type Takeover = number | undefined;

/** Lets it happen, and resolves when all is there again. */
export async function befall(scene: WorkerScene, blow: Blow, chance: Chance): Promise<Takeover> {
  const { workers, server, lease } = scene;
  const [holder = workers[0], ...others] = workers.filter(({ worker }) => worker.holds.length > 0);
  if (!holder) throw new Error('there is no machine');
  const one = chance.oneOf([holder, ...others]);
  const held = [...one.worker.holds];
  switch (blow) {
    case 'kill': {
      await scene.kill(one);
      const took = await scene.takeover(one, held);
      await scene.start();
      return took;
    }
    case 'stop':
      one.worker.signal('SIGSTOP');
      return begun(scene, one, held, () => one.worker.signal('SIGCONT'));
    case 'cut':
      one.link.cut();
      return begun(scene, one, held, () => one.link.heal());
    case 'cut short':
      one.link.cut();
      await setTimeout(chance.next() * lease);
      one.link.heal();
      return undefined;
    case 'clock':
      one.worker.tell({ ahead: chance.oneOf([HOUR_MS, -HOUR_MS, 0]) });
      return undefined;
    case 'restart':
    case 'crash':
      await server.stop(blow === 'restart' ? 'fast' : 'immediate');
      if (blow === 'crash') scene.accounts.crashed();
      await setTimeout((chance.next() * lease) / 2);
      await server.run();
      return undefined;
  }
}

/** Others take what it held; then it comes back. */
async function begun(scene: WorkerScene, from: Linked, held: string[], comeBack: () => void): Promise<Takeover> {
  try {
    return await scene.takeover(from, held);
  } finally {
    comeBack();
  }
}

export interface Violence {
  /** SMS that are given, and that come in. */
  sms: number;
  incoming: number;
  machines: number;
  /** Between two blows, in leases at most: what is under way then leaves, and comes to its end. */
  pause?: number;
}

/** Inputs that may be open at a time: there is always something under way, and never more than can be finished. */
const MOST_OPEN = 400;
const MOST_RECIPIENTS = 20;
const TICK_MS = 20;
/** A database that is away isn't asked at once again. */
const AFTER_REFUSAL_MS = 300;

/** Lets machines work, one blow after the other, until all SMS were taken; resolves with each takeover, in ms. */
export async function violently(scene: WorkerScene, how: Violence, chance: Chance): Promise<number[]> {
  const takeovers: number[] = [];
  for (let one = 0; one < how.machines; one++) await scene.start();
  await scene.areHeld();
  const work = new Work(scene, how, chance);
  const worked = work.run();
  worked.catch(() => undefined);
  try {
    while (!work.isOver) {
      await Promise.race([worked, setTimeout(chance.next() * scene.lease * (how.pause ?? 0.5))]);
      const blow = chance.oneOf(BLOWS);
      const took = await befall(scene, blow, chance);
      scene.blows.push(took === undefined ? blow : `${blow} ${(took / scene.lease).toFixed(2)}`);
      if (took !== undefined) takeovers.push(took);
      await scene.areHeld();
    }
  } finally {
    work.isOver = true;
  }
  await worked;
  await scene.judge();
  return takeovers;
}

/** What machines are given to do, whatever befalls them. */
class Work {
  isOver = false;
  private received = 0;

  constructor(
    private readonly scene: WorkerScene,
    private readonly how: Violence,
    private readonly chance: Chance,
  ) {}

  async run(): Promise<void> {
    const { scene, how } = this;
    const { accounts } = scene;
    while (!this.isOver) {
      const refused = accounts.refused;
      this.give();
      this.receive(accounts.sms / how.sms);
      await setTimeout(TICK_MS);
      if (accounts.refused > refused) await setTimeout(AFTER_REFUSAL_MS);
      this.isOver ||= accounts.sms >= how.sms && this.received >= how.incoming;
    }
  }

  private give(): void {
    const { scene, how, chance } = this;
    const { accounts, workers } = scene;
    const [first, ...rest] = workers;
    if (!first) return;
    const isEnough = (): boolean => accounts.open + accounts.unanswered >= MOST_OPEN || accounts.sms >= how.sms;
    for (let most = MOST_OPEN / 4; most > 0 && !isEnough(); most--)
      scene.give(chance.oneOf([first, ...rest]), 1 + chance.upTo(MOST_RECIPIENTS - 1), this.anyGateway());
  }

  /** As much of it as of the SMS that are sent. */
  private receive(share: number): void {
    for (; this.received < this.how.incoming && this.received / this.how.incoming <= share; this.received++)
      this.scene.receive(this.anyGateway());
  }

  private anyGateway(): number {
    return this.chance.upTo(this.scene.simulators.length - 1);
  }
}
