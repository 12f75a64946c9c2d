/** The SMS of one stop. */
export type StopBatch = ReadonlySet<number>;

/** SMS that the gateway is being asked to drop: gone from there they are no sign of a reboot. */
export class StopsUnderWay {
  private readonly batches = new Set<StopBatch>();

  /** To be called before the gateway is asked: it may drop the SMS before its answer is here. */
  begin(sms: readonly { id: number }[]): StopBatch {
    const batch = new Set(sms.map(({ id }) => id));
    this.batches.add(batch);
    return batch;
  }

  /** What became of them is known, or the gateway was not asked after all. */
  end(batch: StopBatch): void {
    this.batches.delete(batch);
  }

  has(sms: number): boolean {
    return [...this.batches].some((batch) => batch.has(sms));
  }
}
