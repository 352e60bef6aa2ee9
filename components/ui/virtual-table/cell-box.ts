import type { CSSProperties } from "react";
import { cn } from "../cn";

export const selectColumnWidth = 36;

type CellPlace = { width: number; grow: boolean; frozenAt: number | undefined };

/** Width and place of a cell: the same for the head and for every row, or the columns would not line up. */
export function cellStyle({ width, grow, frozenAt }: CellPlace): CSSProperties {
  return { flex: `${grow ? 1 : 0} 0 ${width}px`, ...(frozenAt === undefined ? {} : { left: frozenAt }) };
}

export function cellLook(place: { frozen: boolean; numeric?: boolean | undefined }): string {
  return cn(
    "flex min-w-0 items-center overflow-hidden px-3",
    place.numeric && "tabular justify-end text-right",
    place.frozen && "sticky z-[1] bg-inherit",
  );
}
