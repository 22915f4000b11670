const idsMax = 1_000;

/** The last 1,000 ids that were added: more publications than a channel remembers, unless its rule says more than the usual 512. */
export class RecentIds {
  private readonly ids = new Set<string>();

  add(id: string): void {
    this.ids.delete(id);
    this.ids.add(id);
    if (this.ids.size > idsMax) this.ids.delete(this.ids.values().next().value!);
  }

  has(id: string): boolean {
    return this.ids.has(id);
  }
}
