import { button, mark, say } from './dom';

/** What a button says that asks before it does something. */
export interface SureWords {
  /** What it would do. */
  name: string;
  /** Whether it shall, on the button itself. */
  sure: () => string;
}

/** A button for what can't be taken back: the first press asks, the second one does it. Leaving it, or Escape, is a no. */
export class SureButton {
  readonly element: HTMLButtonElement;
  private isSure = false;

  constructor(
    private readonly words: SureWords,
    private readonly act: () => void,
    /** Told when it asks, and when it asks no longer. */
    private readonly onAsk: (isAsking: boolean) => void = () => undefined,
  ) {
    this.element = button(words.name, () => this.press());
    this.element.addEventListener('blur', () => this.ask(false));
    this.element.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || !this.isSure) return;
      event.stopPropagation();
      this.ask(false);
    });
  }

  /** What it does may be allowed or not, and be there to be done or not. */
  show({ isThere = true, why, tip }: { isThere?: boolean; why?: string | undefined; tip?: string }): void {
    this.element.hidden = !isThere;
    this.element.disabled = why !== undefined;
    mark(this.element, 'title', why ?? tip);
    if (this.isSure) say(this.element, this.words.sure());
  }

  private press(): void {
    const { isSure } = this;
    this.ask(!isSure);
    if (isSure) this.act();
  }

  private ask(isSure: boolean): void {
    if (this.isSure === isSure) return;
    this.isSure = isSure;
    say(this.element, isSure ? this.words.sure() : this.words.name);
    this.onAsk(isSure);
  }
}
