"use client";

import type { Header } from "@tanstack/react-table";
import { cn } from "../cn";

const keyboardStep = 16;

/** The edge of a column's head: drag it, double-click it for the first width, or use the arrow keys on it. */
export function ResizeHandle<Row>({ header, name }: { header: Header<Row, unknown>; name: string }) {
  const { column } = header;
  const resize = (by: number) =>
    header.getContext().table.setColumnSizing((sizing) => ({
      ...sizing,
      [column.id]: Math.max(column.columnDef.minSize ?? 48, header.getSize() + by),
    }));
  return (
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label={`Width of ${name}`}
      aria-valuenow={header.getSize()}
      aria-valuemin={column.columnDef.minSize ?? 48}
      aria-valuemax={2000}
      tabIndex={0}
      onMouseDown={header.getResizeHandler()}
      onTouchStart={header.getResizeHandler()}
      onDoubleClick={() => column.resetSize()}
      onKeyDown={(event) => {
        if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
        event.stopPropagation();
        resize(event.key === "ArrowRight" ? keyboardStep : -keyboardStep);
      }}
      className={cn(
        "absolute top-1.5 right-0 h-5 w-2 cursor-col-resize touch-none select-none",
        "before:absolute before:inset-y-0 before:right-0 before:w-px before:bg-line hover:before:bg-accent",
        column.getIsResizing() && "before:bg-accent",
      )}
    />
  );
}
