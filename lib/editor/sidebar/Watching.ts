import { SIDEBAR_TOPIC, type SidebarLease, type SidebarSnapshot } from '../../sidebar/snapshot';
import { AdminError, askAdmin } from '../admin';
import type { SidebarView } from './SidebarView';

/** The pause after a lease that wasn't given, in ms. */
const LEASE_RETRY_MS = 5000;

/**
 * Keeps the sidebar up to date for as long as it can be seen: it holds a lease, renewed in time, and shows its ticket on the
 * editor's connection, by which the snapshots come. A sidebar that nobody sees costs nothing.
 */
export class Watching {
  private isSeen = false;
  private lease: SidebarLease | undefined;
  private timer: number | undefined;
  private isAsking = false;

  constructor(private readonly view: SidebarView) {}

  start(): void {
    RED.comms.subscribe(SIDEBAR_TOPIC, (_topic, data) => {
      if (this.lease) this.view.show(data as SidebarSnapshot, this.lease.write);
    });
    RED.comms.on('connect', () => this.showTicket());
    // Hidden by another tab, a closed sidebar, or before the editor has put it anywhere: it covers no pixel then.
    new IntersectionObserver((entries) => {
      this.isSeen = entries[entries.length - 1]?.isIntersecting ?? false;
      this.review();
    }).observe(this.view.element);
    document.addEventListener('visibilitychange', () => this.review());
  }

  private get isWanted(): boolean {
    return this.isSeen && !document.hidden;
  }

  private review(): void {
    if (this.isWanted && this.timer === undefined) void this.renew();
    else if (!this.isWanted) this.stop();
  }

  private async renew(): Promise<void> {
    if (this.isAsking) return;
    this.isAsking = true;
    let pause = LEASE_RETRY_MS;
    try {
      const isNew = this.lease === undefined;
      const lease = await askAdmin<SidebarLease>('POST', 'sidebar/lease', { ticket: this.lease?.ticket });
      const isOther = isNew || lease.ticket !== this.lease?.ticket;
      this.lease = lease;
      pause = lease.renew * 1000;
      if (isOther) this.showTicket();
    } catch (error) {
      this.view.stale(
        error instanceof AdminError && error.code === 'NOT_ALLOWED' ? 'error.notAllowed' : 'error.noAnswer',
      );
    } finally {
      this.isAsking = false;
    }
    if (!this.isWanted) return this.stop();
    this.timer = window.setTimeout(() => void this.renew(), pause);
  }

  private showTicket(): void {
    if (this.lease) RED.comms.send(SIDEBAR_TOPIC, this.lease.ticket);
  }

  private stop(): void {
    window.clearTimeout(this.timer);
    this.timer = undefined;
    const ticket = this.lease?.ticket;
    this.lease = undefined;
    if (ticket !== undefined) askAdmin('POST', 'sidebar/lease', { ticket, over: true }).catch(() => undefined);
  }
}
