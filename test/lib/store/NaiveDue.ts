import { type DueKind, NOT_DUE, PRIORITY_RANK, type StoredInput, type StoredSms } from '../../../lib/store';
import { NaiveJobStore } from './NaiveJobStore';
import { copy, inOrder, type Writable } from './naiveRecords';

/** The part of the naive store that finds SMS and inputs by a moment. */
export abstract class NaiveDue extends NaiveJobStore {
  protected allSms: Writable<StoredSms>[] = [];
  protected allInputs: Writable<StoredInput>[] = [];

  async due(gateways: string[], now: number, limit: number) {
    const found = this.polled(gateways).filter(({ poll_at }) => poll_at <= now);
    return copy(inOrder(found, ({ poll_at }) => poll_at).slice(0, limit));
  }

  async nextDue(gateways: string[], kinds: readonly DueKind[] = ['poll', 'expiry', 'wait', 'held', 'standby']) {
    const polls = this.polled(gateways).map(({ poll_at }) => poll_at);
    const expiries = this.expiring(gateways).map(({ expires_at }) => expires_at);
    const waits = this.withWait(gateways).map(({ wait_until }) => wait_until);
    const turns = this.standbys(gateways).map(({ poll_at }) => poll_at);
    const held = this.held(gateways).flatMap(({ due_at }) => (due_at < NOT_DUE ? due_at : []));
    const due = {
      ...(polls.length && { poll: Math.min(...polls) }),
      ...(expiries.length && { expiry: Math.min(...expiries) }),
      ...(waits.length && { wait: Math.min(...waits) }),
      ...(held.length && { held: Math.min(...held) }),
      ...(turns.length && { standby: Math.min(...turns) }),
    };
    return Object.fromEntries(Object.entries(due).filter(([kind]) => kinds.includes(kind as DueKind)));
  }

  async expired(gateways: string[], now: number, limit: number) {
    const found = this.expiring(gateways).filter(({ expires_at }) => expires_at <= now);
    return copy(inOrder(found, ({ expires_at }) => expires_at).slice(0, limit));
  }

  async heldDue(gateways: string[], now: number, limit: number) {
    const found = this.held(gateways).filter(({ due_at }) => due_at <= now);
    const inRank = inOrder(
      found,
      ({ priority }) => PRIORITY_RANK[priority],
      ({ due_at }) => due_at,
    );
    return copy(inRank.slice(0, limit));
  }

  async standbyDue(gateways: string[], now: number, limit: number) {
    const found = this.standbys(gateways).filter(({ poll_at }) => poll_at <= now);
    return copy(inOrder(found, ({ poll_at }) => poll_at).slice(0, limit));
  }

  protected of(gateways: string[]) {
    this.check();
    return this.allSms.filter(({ gateway }) => gateways.includes(gateway));
  }

  protected polled(gateways: string[]) {
    return this.of(gateways).filter(({ stage }) => ['gateway', 'sent', 'unknown'].includes(stage));
  }

  protected expiring(gateways: string[]) {
    return this.of(gateways).filter(({ stage, expires_at }) => stage === 'waiting' && expires_at);
  }

  protected standbys(gateways: string[]) {
    return this.of(gateways).filter(({ stage }) => stage === 'standby');
  }

  protected held(gateways: string[]) {
    return this.of(gateways).filter(({ stage, due_at }) => stage === 'waiting' && due_at !== 0);
  }

  protected openOf(gateways: string[]) {
    this.check();
    return this.allInputs.filter(({ gateway, closed_at }) => gateways.includes(gateway) && !closed_at);
  }

  protected withWait(gateways: string[]) {
    return this.openOf(gateways).filter(({ wait_until }) => wait_until);
  }
}
