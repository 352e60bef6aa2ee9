import { Skeleton } from "../skeleton";

type SkeletonRowProps = {
  index: number;
  ariaRowIndex: number;
  top: number;
  height: number;
  columns: number;
  focused: boolean;
  domId: string;
};

const widths = ["w-2/3", "w-1/2", "w-3/5", "w-3/4", "w-2/5"];

/** A row whose page is on its way, where it will stand. */
export function SkeletonRow({ index, ariaRowIndex, top, height, columns, focused, domId }: SkeletonRowProps) {
  return (
    <div
      role="row"
      id={domId}
      data-index={index}
      aria-rowindex={ariaRowIndex}
      className={
        focused
          ? "absolute inset-x-0 flex items-center border-b bg-raised px-3"
          : "absolute inset-x-0 flex items-center border-b px-3"
      }
      style={{ height, transform: `translateY(${top}px)` }}
    >
      <div role="gridcell" tabIndex={-1} aria-colspan={columns} className="flex flex-1 items-center">
        <span className="sr-only">Loading</span>
        <Skeleton className={widths[index % widths.length]} />
      </div>
    </div>
  );
}
