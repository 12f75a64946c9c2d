import { noteKeys, type Store } from '../../../store';
import type { Hours } from '../../../times';

/** In which hours a `send sms` node lets its SMS leave. */
export interface NodeHoursSettings {
  /** Empty = always. */
  hours: readonly Hours[];
  /** Whether SMS with priority `high` leave at any time. */
  highIgnores: boolean;
}

/**
 * The hours that `send sms` nodes have now: a deploy that changes them applies to what waits. They are noted in the store as soon
 * as that matters to an SMS, so that those of a node that is deleted or disabled go on to hold after a restart.
 */
export class NodeHours {
  private readonly byNode = new Map<string, NodeHoursSettings>();
  /** Nodes whose note says the same. */
  private readonly noted = new Set<string>();

  constructor(private readonly store: Pick<Store, 'notes' | 'putNotes'>) {}

  /** A node has started. Returns whether its hours are others now. */
  set(node: string, settings: NodeHoursSettings): boolean {
    const isOther = JSON.stringify(this.byNode.get(node)) !== JSON.stringify(settings);
    this.byNode.set(node, settings);
    if (isOther) this.noted.delete(node);
    return isOther;
  }

  /** The hours of a node; undefined where it was never heard of, or has had none. */
  of(node: string | undefined): NodeHoursSettings | undefined {
    return node === undefined ? undefined : this.byNode.get(node);
  }

  /** Brings the notes of these nodes up to date, and what is known of those that haven't started. */
  async settle(nodes: Iterable<string | undefined>): Promise<void> {
    const open = [...new Set(nodes)].flatMap((node) => (node === undefined || this.noted.has(node) ? [] : node));
    if (open.length === 0) return;
    const notes = await this.store.notes(open.map(noteKeys.nodeHours));
    const news = new Map<string, string>();
    for (const node of open) {
      const [key, note] = [noteKeys.nodeHours(node), notes.get(noteKeys.nodeHours(node))];
      const known = this.byNode.get(node);
      if (known === undefined) {
        if (note !== undefined) this.byNode.set(node, JSON.parse(note) as NodeHoursSettings);
      } else if (note !== JSON.stringify(known) && (note !== undefined || known.hours.length > 0)) {
        news.set(key, JSON.stringify(known));
      }
    }
    if (news.size > 0) await this.store.putNotes(news);
    for (const node of open) this.noted.add(node);
  }
}
