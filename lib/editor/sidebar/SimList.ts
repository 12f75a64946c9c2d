import type { SidebarSim } from '../../sidebar/snapshot';
import type { Translate } from '../red';
import { make, type Part, Parts } from './dom';
import { foldable } from './lists';
import { SimRow } from './SimRow';

/** The SIMs of a gateway that have a plan. */
export class SimList implements Part<readonly SidebarSim[]> {
  readonly element: HTMLDetailsElement;
  private readonly parts: Parts<SidebarSim>;

  constructor(t: Translate) {
    const list = make('ul');
    this.element = foldable(t('section.sims'), list).element;
    this.parts = new Parts(
      list,
      ({ port }) => port,
      () => new SimRow(t),
    );
  }

  show(sims: readonly SidebarSim[]): void {
    this.element.hidden = sims.length === 0;
    this.parts.show(sims);
  }
}
