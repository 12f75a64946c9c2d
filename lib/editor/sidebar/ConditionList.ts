import type { SidebarCondition } from '../../sidebar/snapshot';
import { icon, make, type Part, Parts, say } from './dom';
import { moment } from './times';

/** What is wrong with a gateway, by the words of the watch. */
export class ConditionList implements Part<readonly SidebarCondition[]> {
  readonly element = make('ul', 'dinstar-wrong');
  private readonly parts = new Parts<SidebarCondition>(
    this.element,
    ({ condition, text }) => `${condition} ${text}`,
    () => {
      const [text, time] = [make('span'), make('span', 'dinstar-time')];
      return {
        element: make('li', '', icon('exclamation-triangle'), ' ', text, ' ', time),
        show: (shown) => {
          say(text, shown.text);
          say(time, moment(shown.since, Date.now()));
        },
      };
    },
  );

  show(conditions: readonly SidebarCondition[]): void {
    this.element.hidden = conditions.length === 0;
    this.parts.show(conditions);
  }
}
