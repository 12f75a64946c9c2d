import type { StoredInput, StoredSms } from '../store';
import type { Metrics } from './metrics/Metrics';
import type { Sidebar } from './sidebar/Sidebar';
import type { Spans } from './tracing/Spans';

export interface ObserversOptions {
  sidebar: Pick<Sidebar, 'noticed'>;
  spans: Pick<Spans, 'changed'>;
  /** Undefined where no node wants any. */
  getMetrics: () => Pick<Metrics, 'moved' | 'taken'> | undefined;
  /** Worth a line in the log. */
  onError: (error: Error) => void;
}

/**
 * Those who only watch what becomes of SMS. What one of them throws is told and keeps nothing back: neither another one nor the
 * outcome that leaves after they were told (docs/decisions/0082).
 */
export class Observers {
  constructor(private readonly options: ObserversOptions) {}

  /** SMS are taken. */
  taken(gateway: string, count: number): void {
    this.tell('the metrics', () => this.options.getMetrics()?.taken(gateway, count));
  }

  /** SMS have changed; `moved`: those whose status, or what holds them back, is another one now. */
  changed(sms: readonly StoredSms[], moved: ReadonlySet<number>): void {
    this.tell('the sidebar', () => this.options.sidebar.noticed(sms, moved));
  }

  /** One SMS has changed. */
  smsChanged(input: StoredInput, sms: StoredSms, hasMoved: boolean): void {
    if (hasMoved) this.tell('the metrics', () => this.options.getMetrics()?.moved(input, sms));
    this.tell('OpenTelemetry', () => this.options.spans.changed(input, sms));
  }

  private tell(whom: string, act: () => void): void {
    try {
      act();
    } catch (error) {
      const why = error instanceof Error ? error.message : 'no error was thrown, but something else';
      this.options.onError(new Error(`An SMS could not be told to ${whom}: ${why}`));
    }
  }
}
