import type { InfiniteData } from "@tanstack/react-query";
import type { ListOf } from "@/contracts/common";

/**
 * A list of pages after rows were added to the session: they stand at its end when all before is loaded, else they
 * come with the pages that are still to be read.
 * @param added the first page of what was added, as the list is filtered
 */
export function withAdded<Row, Param>(
  data: InfiniteData<ListOf<Row>, Param>,
  added: ListOf<Row>,
  param: Param,
): InfiniteData<ListOf<Row>, Param> {
  const pages = data.pages.map((page) => ({ ...page, total: page.total + added.total }));
  const isWhole = pages.at(-1)?.nextCursor === null;
  return isWhole && added.items.length > 0
    ? { pages: [...pages, added], pageParams: [...data.pageParams, param] }
    : { ...data, pages };
}
