import type { BalanceRead } from '../../admin/answers';
import { askAdmin } from '../admin';
import type { EditorNode } from '../red';

/** How long nothing is typed before it is tried, in ms. */
const PAUSE_MS = 300;

/** Tries what finds the balance in an operator's text: the last one of the deployed gateway, or one that is typed. */
export class BalanceTrial {
  readonly element = $('<div class="dinstar-trial">');
  private readonly text = $('<input type="text">');
  private readonly result = $('<span role="status">');
  private timer = 0;

  constructor(
    private readonly node: EditorNode,
    private readonly getPattern: () => { read: string; readType: string },
  ) {
    const label = node._('label.plan.trial');
    this.text.attr({ 'aria-label': label, placeholder: node._('placeholder.plan.lastText') });
    this.element.append($('<label class="dinstar-cell">').append($('<span>').text(label), this.text), this.result);
    // What is tried is no part of the plan.
    this.element.on('change keyup paste', (event) => event.stopPropagation());
    this.text.on('keyup paste', () => this.soon());
    this.text.on('focus', () => this.soon());
  }

  /** Tries again, when nothing has been typed for a moment. */
  soon(): void {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.tryNow(), PAUSE_MS);
  }

  private async tryNow(): Promise<void> {
    const typed = String(this.text.val() ?? '');
    const body = { id: this.node.id, ...this.getPattern(), ...(typed !== '' && { text: typed }) };
    const { node, result } = this;
    try {
      const { text, value } = await askAdmin<BalanceRead>('POST', 'balance', body);
      if (text === undefined) return void result.text(node._('tip.plan.noText'));
      if (typed === '') this.text.attr('placeholder', text);
      const found = value !== null;
      result.toggleClass('dinstar-wrong', !found);
      result.text(found ? node._('tip.plan.found', { value: String(value) }) : node._('tip.plan.notFound'));
    } catch {
      result.addClass('dinstar-wrong').text(node._('tip.plan.notFound'));
    }
  }
}
