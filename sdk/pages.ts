import type { ListOf } from "../contracts/common";

type Page<T> = { items: T[]; nextCursor: string | null };

/** A list that is read page by page while one walks along it: `for await (const item of pages)`. */
export class Pages<T, P extends Page<T> = ListOf<T>> implements AsyncIterable<T> {
  readonly #read: (cursor: string | undefined) => Promise<P>;

  /** @param read the page at a cursor; without one the first */
  constructor(read: (cursor: string | undefined) => Promise<P>) {
    this.#read = read;
  }

  /** The first page, with the list's `total`. */
  first(): Promise<P> {
    return this.#read(undefined);
  }

  /** One page after another. */
  async *pages(): AsyncGenerator<P, void> {
    let cursor: string | undefined;
    do {
      const page = await this.#read(cursor);
      yield page;
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T, void> {
    for await (const { items } of this.pages()) yield* items;
  }

  /** Every item, held in memory at once. */
  async all(): Promise<T[]> {
    const all: T[] = [];
    for await (const { items } of this.pages()) all.push(...items);
    return all;
  }
}
