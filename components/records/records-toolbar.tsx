"use client";

import { Bookmark, Code, ListFilter, X } from "lucide-react";
import type { ReactNode, RefObject } from "react";
import { describeQuery } from "@/components/query/describe-query";
import { joinKeyword, splitKeyword } from "@/components/query/keyword-part";
import { QueryBuilder } from "@/components/query/query-builder";
import { QueryDoubtsNotice } from "@/components/query/query-doubts-notice";
import { QueryTextField } from "@/components/query/query-text-field";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Toolbar } from "@/components/ui/toolbar";
import type { Query } from "@/contracts/query";
import type { Subset } from "@/contracts/subsets";
import { KeywordBox } from "./keyword-box";
import { useRecordsView } from "./records-context";
import { SubsetsMenu } from "./subsets-menu";

export type QueryPanel = "builder" | "text" | null;

type RecordsToolbarProps = {
  query: Query | null;
  /** What the address says when it can't be asked. */
  wrongText: string | undefined;
  onQuery: (query: Query | null) => void;
  panel: QueryPanel;
  onPanel: (panel: QueryPanel) => void;
  keywordRef: RefObject<HTMLInputElement | null>;
  /** The button of the columns. */
  columns: ReactNode;
  subsets: readonly Subset[];
  onSubsetsChanged: () => void;
  onSubsetDeleted: (subset: Subset) => void;
  onSave: () => void;
};

/** The search: a keyword, conditions as rows or as text, saved subsets; and which columns show. */
export function RecordsToolbar(props: RecordsToolbarProps) {
  const { query, onQuery, panel, onPanel, columns, subsets } = props;
  const { vocabulary, may } = useRecordsView();
  const { keyword, rest } = splitKeyword(query);
  const toggle = (which: QueryPanel) => onPanel(panel === which ? null : which);
  return (
    <>
      <Toolbar
        label="Search"
        end={
          <>
            {may("subsets:write") ? (
              <Button onClick={props.onSave}>
                <Bookmark aria-hidden />
                Save as subset
              </Button>
            ) : null}
            {columns}
          </>
        }
      >
        <KeywordBox
          ref={props.keywordRef}
          value={keyword}
          onSearch={(next) => onQuery(joinKeyword({ keyword: next, rest }))}
        />
        <Button variant="ghost" aria-expanded={panel === "builder"} onClick={() => toggle("builder")}>
          <ListFilter aria-hidden />
          Conditions
        </Button>
        <Button variant="ghost" aria-expanded={panel === "text"} onClick={() => toggle("text")}>
          <Code aria-hidden />
          As text
        </Button>
        <SubsetsMenu
          subsets={subsets}
          current={query && "subset" in query ? query.subset : null}
          onChanged={props.onSubsetsChanged}
          onOpen={({ id }) => onQuery({ subset: id })}
          onDeleted={props.onSubsetDeleted}
        />
        {rest && panel === null ? (
          <span className="flex min-w-0 max-w-full items-center gap-1 text-muted">
            <button type="button" className="truncate hover:text-text" onClick={() => onPanel("builder")}>
              {describeQuery(rest, vocabulary)}
            </button>
            <Button
              variant="ghost"
              size="sm"
              aria-label="Remove the conditions"
              onClick={() => onQuery(joinKeyword({ keyword, rest: null }))}
            >
              <X aria-hidden />
            </Button>
          </span>
        ) : null}
      </Toolbar>
      {panel === null ? null : (
        <section
          aria-label={panel === "builder" ? "Conditions" : "Query as text"}
          className={cn(
            "max-h-[45dvh] shrink-0 border-b px-4 py-3",
            panel === "builder" && "overflow-y-auto",
          )}
        >
          {panel === "builder" ? (
            <QueryBuilder value={query} onChange={onQuery} vocabulary={vocabulary} />
          ) : (
            <QueryTextField
              key={props.wrongText}
              value={query}
              wrongText={props.wrongText}
              onChange={onQuery}
              vocabulary={vocabulary}
              takesKeyboard
            />
          )}
        </section>
      )}
      {panel === "text" ? null : (
        <QueryDoubtsNotice query={query} vocabulary={vocabulary} className="mx-4 my-2 shrink-0" />
      )}
    </>
  );
}
