/** The last few of something, the newest first; what comes again by its key takes its former place away. */
export class Recent<T extends { key: string | number }> {
  private all: T[] = [];

  constructor(private readonly most: number) {}

  put(...news: T[]): void {
    const newest = news.slice(-this.most).reverse();
    const keys = new Set(newest.map(({ key }) => key));
    this.all = [...newest, ...this.all.filter(({ key }) => !keys.has(key))].slice(0, this.most);
  }

  get list(): T[] {
    return [...this.all];
  }
}
