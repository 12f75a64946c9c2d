import type { Difference } from '../../messaging';
import type { RedNode } from '../red';
import { differsFrom } from '../status';

const nameOf = ({ id, machine }: Difference): string => `${machine} ${id}`;

/** Says at config nodes that another machine has the same one and not alike: once in the log, by their status as long as it is so. */
export class DifferentNodes {
  private shown: readonly Difference[] = [];

  /** @param getNode finds a running config node */
  constructor(private readonly getNode: (id: string) => RedNode | undefined) {}

  /** Shows which config nodes differ now, and takes that back from those that no longer do. */
  show(differences: readonly Difference[]): void {
    const before = new Set(this.shown.map(nameOf));
    const now = new Set(differences.map(({ id }) => id));
    for (const { id } of this.shown) if (!now.has(id)) this.getNode(id)?.status({});
    for (const difference of differences) {
      if (before.has(nameOf(difference))) continue;
      const { id, machine } = difference;
      const node = this.getNode(id);
      node?.status(differsFrom(machine));
      node?.warn(
        `its settings or its login aren't those on machine ${machine}: each goes by its own; deploy the same on both`,
      );
    }
    this.shown = differences;
  }
}
