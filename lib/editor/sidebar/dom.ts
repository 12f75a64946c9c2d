// Everything here is put together from elements and texts, never from HTML: what a gateway or an SMS says stays a text.

/** An element with its class and what is in it. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className = '',
  ...content: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  if (className !== '') element.className = className;
  element.append(...content);
  return element;
}

/** One of Node-RED's own icons; it says nothing that isn't said in words beside it. */
export function icon(name: string): HTMLElement {
  const element = make('i', `fa fa-${name}`);
  element.setAttribute('aria-hidden', 'true');
  return element;
}

/** A button in Node-RED's own look. */
export function button(text: string, act: () => void): HTMLButtonElement {
  const element = make('button', 'red-ui-button red-ui-button-small', text);
  element.type = 'button';
  element.addEventListener('click', act);
  return element;
}

/** Gives an element a text, if that is another one: a screen reader says what changes. */
export function say(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** Gives an element an attribute, or takes it away. */
export function mark(element: Element, name: string, value: string | undefined): void {
  if (value === undefined) element.removeAttribute(name);
  else if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

/** A part of the sidebar that stays in place while what it shows changes: the focus stays with it. */
export interface Part<T> {
  element: HTMLElement;
  show(item: T): void;
}

/** Parts for a list of things, each kept for as long as its thing is there, in the list's order. */
export class Parts<T, P extends Part<T> = Part<T>> {
  readonly byKey = new Map<string | number, P>();

  constructor(
    private readonly parent: HTMLElement,
    private readonly getKey: (item: T) => string | number,
    private readonly createPart: (item: T) => P,
  ) {}

  show(items: readonly T[]): void {
    const keys = new Set(items.map(this.getKey));
    for (const [key, { element }] of this.byKey) {
      if (keys.has(key)) continue;
      element.remove();
      this.byKey.delete(key);
    }
    items.forEach((item, place) => {
      const key = this.getKey(item);
      const part = this.byKey.get(key) ?? this.createPart(item);
      this.byKey.set(key, part);
      part.show(item);
      // Moving an element would take the focus from it.
      const there = this.parent.children[place];
      if (there !== part.element) this.parent.insertBefore(part.element, there ?? null);
    });
  }
}
