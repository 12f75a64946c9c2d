type Alias = () => void;

/** What the test of names must find, and what not. */
export interface MisnamedOptions {
  direct: () => void;
  byAlias: Alias;
  method(): void;
  perhaps?: (() => void) | undefined;
  onSomething: Alias;
  getSomething?: () => number;
  object: { method(): void };
}

export class Misnamed {
  constructor(
    readonly options: { inside: Alias; isSo: () => boolean },
    readonly inferred = () => 0,
    readonly createOne = () => 0,
  ) {}
}
