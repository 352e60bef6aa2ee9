import { Button } from "../button";
import { Skeleton } from "../skeleton";
import type { Edge } from "./types";

type EdgeRowProps = { edge: Edge; top: number; height: number; columns: number };

/** The row that stands for what is not loaded yet, or says why it did not come. */
export function EdgeRow({ edge, top, height, columns }: EdgeRowProps) {
  return (
    <div
      role="row"
      className="absolute inset-x-0 flex items-center px-3"
      style={{ height, transform: `translateY(${top}px)` }}
    >
      <div role="gridcell" tabIndex={-1} aria-colspan={columns} className="flex flex-1 items-center gap-3">
        {edge.failed === undefined ? (
          <>
            <span className="sr-only">Loading more rows</span>
            <Skeleton className="w-2/3" />
          </>
        ) : (
          <>
            <span className="truncate text-bad">{edge.failed}</span>
            <Button size="sm" onClick={edge.load}>
              Load again
            </Button>
          </>
        )}
      </div>
    </div>
  );
}
