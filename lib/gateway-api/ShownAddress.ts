/** A gateway's address as texts name it: as it is, or by the name that whoever set it wants in its place. */
export class ShownAddress {
  constructor(
    private readonly base: URL,
    private readonly shownAs: string | undefined,
  ) {}

  toString(): string {
    return this.shownAs ?? this.base.origin;
  }

  /** Advice to enter the same address with another protocol. */
  adviceFor(protocol: 'http' | 'https'): string {
    if (this.shownAs !== undefined) return `its address must begin with ${protocol}:`;
    return `enter ${this.base.origin.replace(/^\w+/, protocol)} as its address`;
  }

  /** Another address on the same host; undefined where it isn't to be shown. */
  other(url: URL): string | undefined {
    return this.shownAs === undefined ? url.origin : undefined;
  }
}
