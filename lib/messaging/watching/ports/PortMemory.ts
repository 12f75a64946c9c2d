import type { PortInfo } from '../../../gateway-api';
import type { Store } from '../../../store';
import type { PortQuestion } from '../../reading/PortReader';

export type Notes = Pick<Store, 'notes' | 'putNotes'>;

interface Note {
  question: string;
  ports: PortInfo[];
}

/**
 * What a watch has told of each port last. It is kept among the store's notes, so that what changes while Node-RED is down
 * is told at the next start.
 */
export class PortMemory {
  /** By port; undefined while nothing was ever seen. A port that was there and is gone has no field but its number. */
  ports: Map<number, PortInfo> | undefined;
  private recalled: Promise<void> | undefined;
  private isChanged = false;

  /** @param key the note's; one for each watching node and gateway */
  constructor(
    private readonly store: Notes,
    private readonly key: string,
    private readonly question: PortQuestion,
  ) {}

  /** Reads the note, once. One that is about another question says nothing. A store that can't be read is none. */
  recall(): Promise<void> {
    this.recalled ??= this.read().catch(() => undefined);
    return this.recalled;
  }

  /** A port was told of, or seen for the first time. */
  set(info: PortInfo): void {
    this.ports ??= new Map();
    this.ports.set(info.port, info);
    this.isChanged = true;
  }

  /** Writes the note if something has changed; what can't be kept now is tried again the next time. */
  async keep(): Promise<void> {
    if (!this.isChanged || !this.ports) return;
    const note: Note = { question: this.about, ports: [...this.ports.values()] };
    this.isChanged = false;
    try {
      await this.store.putNotes(new Map([[this.key, JSON.stringify(note)]]));
    } catch {
      this.isChanged = true;
    }
  }

  private async read(): Promise<void> {
    const text = (await this.store.notes([this.key])).get(this.key);
    const note = text === undefined ? undefined : (JSON.parse(text) as Note);
    if (note?.question !== this.about) return;
    this.ports = new Map(note.ports.map((info) => [info.port, info]));
  }

  private get about(): string {
    return JSON.stringify([this.question.ports ?? 'all', [...this.question.info].sort()]);
  }
}
