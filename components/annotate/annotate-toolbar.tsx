"use client";

import { RotateCw } from "lucide-react";
import type { RefObject } from "react";
import { Button } from "@/components/ui/button";
import { useFormat } from "@/components/ui/figure";
import { SearchInput } from "@/components/ui/input";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { Toolbar } from "@/components/ui/toolbar";
import type { Work } from "@/contracts/annotating";
import type { AnnotateAddress, WorkFilter } from "./annotate-address";

type AnnotateToolbarProps = {
  filter: WorkFilter;
  progress: Work["progress"];
  onChange: (part: Partial<AnnotateAddress>) => void;
  keywordRef: RefObject<HTMLInputElement | null>;
  /** Rows of the list that no longer match, since I answered them. */
  settled: number;
  onReload: () => void;
};

/** Narrows the records: by what I have answered, by words of the text. */
export function AnnotateToolbar(props: AnnotateToolbarProps) {
  const { filter, progress, onChange, keywordRef, settled, onReload } = props;
  const format = useFormat();
  const { records, done, unsure } = progress;
  return (
    <Toolbar
      label="Filters"
      oneLine
      end={
        settled > 0 ? (
          <Button size="sm" variant="ghost" onClick={onReload}>
            <RotateCw aria-hidden />
            {settled === 1 ? "1 row no longer matches" : `${format.count(settled)} rows no longer match`}
          </Button>
        ) : null
      }
    >
      <SegmentedControl
        label="Which records"
        value={filter.state}
        onValueChange={(state) => onChange({ state })}
        options={[
          { value: "todo", label: `To do ${format.count(records - done)}` },
          { value: "done", label: `Done ${format.count(done)}` },
          { value: "unsure", label: `Can't tell ${format.count(unsure)}` },
          { value: "all", label: "All" },
        ]}
      />
      <SearchInput
        key={filter.keyword ?? ""}
        ref={keywordRef}
        aria-label="Words in the text"
        placeholder="Words in the text"
        className="w-44"
        maxLength={200}
        defaultValue={filter.keyword ?? ""}
        onBlur={(event) => {
          const keyword = event.target.value.trim() || undefined;
          if (keyword !== filter.keyword) onChange({ keyword });
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter" || event.key === "Escape") event.currentTarget.blur();
        }}
      />
    </Toolbar>
  );
}
