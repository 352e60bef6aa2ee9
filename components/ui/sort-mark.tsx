import { ArrowDown, ArrowUp } from "lucide-react";
import { cn } from "./cn";

/** The arrow of a sorted column; keeps its place when there is none, so that the head never shifts. */
export function SortMark({ direction }: { direction: "ascending" | "descending" | "none" }) {
  const Icon = direction === "descending" ? ArrowDown : ArrowUp;
  return <Icon aria-hidden className={cn("size-3", direction === "none" && "invisible")} />;
}
