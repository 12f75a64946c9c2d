/** The SMS of requests under way: of those nothing is in doubt yet. */
export class InFlight {
  private readonly ends = new Map<number, Promise<void>>();

  /** A request begins with these SMS; returns the function to be called at its end, whatever that is. */
  begin(sms: readonly { id: number }[]): () => void {
    let resolveEnd: () => void = () => undefined;
    const end = new Promise<void>((resolve) => {
      resolveEnd = resolve;
    });
    for (const { id } of sms) this.ends.set(id, end);
    return () => {
      for (const { id } of sms) this.ends.delete(id);
      resolveEnd();
    };
  }

  has(sms: number): boolean {
    return this.ends.has(sms);
  }

  /** Resolves when the request of an SMS has ended; undefined when it isn't under way. */
  endOf(sms: number): Promise<void> | undefined {
    return this.ends.get(sms);
  }
}
