import { noteKeys, type Store } from '../../store';

/**
 * Which device answers at a gateway's address: its serial number as soon as one is known, until then the address. Ids of
 * incoming SMS mean something only within one device.
 */
export class Device {
  /** As a reply last said it, now or in an earlier life; empty = none ever has. */
  private said: Promise<string> | undefined;

  constructor(
    private readonly store: Store,
    readonly address: string,
  ) {}

  /** Resolves with the device's name: as the replies say, else as configured, else the address. Rejects when the store can't be read. */
  async name(configured: string | undefined): Promise<string> {
    this.said ??= this.read();
    this.said.catch(() => {
      this.said = undefined;
    });
    return (await this.said) || plain(configured ?? '') || this.address;
  }

  /** A reply has said it. Resolves when that is noted; rejects when it can't be. */
  async says(sn: string): Promise<void> {
    const name = plain(sn);
    if (name === '' || name === (await this.name(undefined))) return;
    await this.store.putNotes(new Map([[this.key, name]]));
    this.said = Promise.resolve(name);
  }

  private get key(): string {
    return noteKeys.device(this.address);
  }

  private async read(): Promise<string> {
    return (await this.store.notes([this.key])).get(this.key) ?? '';
  }
}

/** People copy a serial number from a label: neither case nor spaces tell two devices apart. */
const plain = (sn: string): string => sn.trim().toLowerCase();
