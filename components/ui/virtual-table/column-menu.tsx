"use client";

import { ChevronDown, ChevronUp, Columns3, Pin, PinOff } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "../button";
import { Checkbox } from "../checkbox";
import { IconButton } from "../icon-button";
import { Popover } from "../popover";
import type { ColumnState } from "./column-state";
import type { VirtualColumn } from "./types";
import { useGridTable } from "./use-grid-table";

type ColumnMenuProps<Row> = {
  columns: readonly VirtualColumn<Row>[];
  state: ColumnState;
  /** What can be done with all of them together. */
  children?: ReactNode;
};

/** Shows, hides, orders and freezes a table's columns, without dragging. */
export function ColumnMenu<Row>({ columns, state, children }: ColumnMenuProps<Row>) {
  const table = useGridTable(columns, state);
  const all = table.getAllLeafColumns();
  const order = all.map((column) => column.id);

  function move(id: string, by: number) {
    const from = order.indexOf(id);
    const next = order.filter((other) => other !== id);
    next.splice(from + by, 0, id);
    state.set("order", next);
  }

  return (
    <Popover
      label="Columns"
      align="end"
      className="w-80 p-2"
      trigger={
        <Button variant="ghost">
          <Columns3 aria-hidden />
          Columns
        </Button>
      }
    >
      <ul className="max-h-96 overflow-y-auto">
        {all.map((column, place) => {
          const name = String(column.columnDef.header);
          const frozen = column.getIsPinned() === "left";
          return (
            <li key={column.id} className="flex items-center gap-0.5 rounded-md pl-1.5 hover:bg-raised">
              <div className="min-w-0 flex-1 truncate">
                <Checkbox
                  label={name}
                  checked={column.getIsVisible()}
                  disabled={!column.getCanHide()}
                  onCheckedChange={(shown) => column.toggleVisibility(shown === true)}
                />
              </div>
              <IconButton
                size="sm"
                label={`Move ${name} left`}
                disabled={place === 0}
                onClick={() => move(column.id, -1)}
              >
                <ChevronUp aria-hidden />
              </IconButton>
              <IconButton
                size="sm"
                label={`Move ${name} right`}
                disabled={place === all.length - 1}
                onClick={() => move(column.id, 1)}
              >
                <ChevronDown aria-hidden />
              </IconButton>
              <IconButton
                size="sm"
                label={frozen ? `Unfreeze ${name}` : `Freeze ${name}`}
                aria-pressed={frozen}
                onClick={() => column.pin(frozen ? false : "left")}
              >
                {frozen ? <PinOff aria-hidden /> : <Pin aria-hidden />}
              </IconButton>
            </li>
          );
        })}
      </ul>
      {children ? <div className="mt-1 flex flex-wrap gap-1 border-t pt-2">{children}</div> : null}
    </Popover>
  );
}
