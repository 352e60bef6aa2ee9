import type { CSSProperties } from "react";
import { cn } from "../cn";
import type { VirtualColumn } from "./types";

export const selectColumnWidth = 36;

type Narrow = VirtualColumn<unknown>["narrow"];
type CellPlace = { width: number; grow: boolean; frozenAt: number | undefined; narrow?: Narrow };

/** Width and place of a cell: the same for the head and for every row, or the columns would not line up. */
export function cellStyle({ width, grow, frozenAt, narrow }: CellPlace): CSSProperties {
  const shrink = typeof narrow !== "number" ? 0 : grow ? 1 : 1000;
  return {
    flex: `${grow ? 1 : 0} ${shrink} ${width}px`,
    ...(typeof narrow === "number" ? { minWidth: narrow } : {}),
    ...(frozenAt === undefined ? {} : { left: frozenAt }),
  };
}

/** Pixels below which a column of this width is not cut down. */
export const leastWidth = (width: number, narrow: Narrow): number =>
  typeof narrow === "number" ? Math.min(width, narrow) : width;

type CellKind = { frozen: boolean; numeric?: boolean | undefined; narrow?: Narrow };

export function cellLook(place: CellKind): string {
  return cn(
    "flex min-w-0 items-center overflow-hidden px-3",
    typeof place.narrow === "number" && "@container",
    place.narrow === "hidden" && "@max-4xl:hidden",
    place.numeric && "tabular justify-end text-right",
    place.frozen && "sticky z-[1] bg-inherit",
  );
}
