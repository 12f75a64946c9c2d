import { Jobs } from '../../../../lib/messaging/jobs/Jobs';
import { MemoryStore, type NewSms, type Stage, type StoredSms } from '../../../../lib/store';
import { FakeClock } from '../../../support/FakeClock';
import { storedSms } from '../given';

/** Jobs on a store in memory, with what they ask of others written down in its order. */
export class JobsScene {
  readonly clock = new FakeClock();
  readonly calls: string[] = [];
  readonly told: string[] = [];
  readonly failures: string[] = [];
  /** How many SMS the gateway says to have dropped; undefined = it never answers. */
  dropped: number | undefined = 0;
  isHeldUp = false;
  readonly store = new WatchedStore(this.calls);
  private readonly pipelines = { g1: this.pipeline('line 1'), g2: this.pipeline('line 2') };
  readonly jobs = new Jobs({
    store: this.store,
    clock: this.clock,
    ledger: {
      withdrawn: async (sms) => void this.told.push(...sms.map(({ number, status }) => `${number} ${status}`)),
    },
    schedule: { endOf: ({ held }) => held?.until ?? undefined },
    getPipeline: (gateway) => ({ ...this.pipelines, 'g1 too': this.pipelines.g1 })[gateway],
    onFailure: ({ message }) => void this.failures.push(message),
  });
  private taken = 0;

  static async open(): Promise<JobsScene> {
    const scene = new JobsScene();
    await scene.store.open();
    return scene;
  }

  private pipeline(name: string) {
    const scene = this;
    return {
      recall: async () => void scene.calls.push(`${name}: recall`),
      wake: (priority = 'normal') => void scene.calls.push(`${name}: wake ${priority}`),
      stopTasksOf: async (sms: readonly StoredSms[], signal: AbortSignal) => {
        scene.calls.push(`${name}: stop ${sms.map(({ number }) => number).join()}`);
        signal.addEventListener('abort', () => scene.calls.push(`${name}: enough`));
        return scene.dropped ?? new Promise<number>(() => undefined);
      },
      get isHeldUp() {
        return scene.isHeldUp;
      },
    };
  }

  /** Takes an input for numbers; those with a stage have come that far. */
  async take(
    numbers: Record<string, Partial<StoredSms>>,
    { job, gateway = 'g1', node = 'n' }: { job?: string; gateway?: string; node?: string } = {},
  ): Promise<StoredSms[]> {
    const id = `input ${++this.taken}`;
    const input = {
      id,
      gateway,
      node,
      taken_at: this.taken,
      until: 'sent',
      wait_until: 0,
      on_timeout: 'keep',
    } as const;
    const sms: NewSms[] = Object.keys(numbers).map((number) => {
      const { text, encoding, request_status_report, priority, user_id } = storedSms();
      return { number, text, encoding, request_status_report, priority, user_id, expires_at: 0 };
    });
    const usedSince = { user_id: 0, key: 0 };
    const more = { duplicates: 0, msg: '{}', ...(job !== undefined && { job }) };
    const [taken] = await this.store.take([{ input: { ...input, ...more }, sms, usedSince }]);
    const stored = taken?.taken ? taken.sms : [];
    await this.store.change(stored.map(({ id, number }) => ({ id, ...numbers[number] })));
    return this.store.sms(stored.map(({ id }) => id));
  }

  stageOf = async (sms: readonly StoredSms[]): Promise<Stage[]> =>
    (await this.store.sms(sms.map(({ id }) => id))).map(({ stage }) => stage);
}

class WatchedStore extends MemoryStore {
  constructor(private readonly calls: string[]) {
    super({ random: Math.random });
  }

  override commandJobs(...asked: Parameters<MemoryStore['commandJobs']>) {
    this.calls.push(`store: ${asked[2]}`);
    return super.commandJobs(...asked);
  }

  override withdrawStopped(...asked: Parameters<MemoryStore['withdrawStopped']>) {
    this.calls.push('store: withdraw');
    return super.withdrawStopped(...asked);
  }
}
