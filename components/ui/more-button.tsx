import { Button, type ButtonProps } from "./button";

type MoreButtonProps = Pick<ButtonProps, "size" | "variant" | "className" | "children"> & {
  /** An infinite query. */
  list: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => Promise<unknown> };
};

/** Loads the next page of a list, and is gone when there is none. */
export function MoreButton({ list, ...look }: MoreButtonProps) {
  if (!list.hasNextPage) return null;
  return <Button {...look} busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()} />;
}
