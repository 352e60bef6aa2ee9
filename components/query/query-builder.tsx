"use client";

import { CircleSlash, FolderPlus, Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { DropdownMenu, MenuItem } from "@/components/ui/dropdown-menu";
import { IconButton } from "@/components/ui/icon-button";
import { SegmentedControl } from "@/components/ui/segmented-control";
import type { FieldProblem } from "@/contracts/common";
import type { Query } from "@/contracts/query";
import { readQuery } from "@/contracts/read-query";
import { conditionChoices } from "./condition";
import { ConditionFields } from "./condition-fields";
import {
  type Draft,
  type DraftGroup,
  fromDraft,
  newCondition,
  newGroup,
  toDraft,
  withPart,
} from "./query-draft";
import { printQuery } from "./query-text";
import type { Vocabulary } from "./vocabulary";

type QueryBuilderProps = {
  value: Query | null;
  /** Called with each change that makes a query which can be asked. */
  onChange: (query: Query | null) => void;
  vocabulary: Vocabulary;
};

/** A query as rows of conditions, in groups of "all" and "any", each of which can be turned round. */
export function QueryBuilder({ value, onChange, vocabulary }: QueryBuilderProps) {
  const [root, setRoot] = useState(() => toDraft(value));
  const [problems, setProblems] = useState<FieldProblem[]>([]);
  const text = printQuery(value);
  const [asked, setAsked] = useState(text);
  const [seen, setSeen] = useState(text);
  // What comes from elsewhere (the text form, a saved subset, the back button) replaces the draft; what was asked
  // here comes back some moments later, when the draft may have gone on.
  if (seen !== text) {
    setSeen(text);
    if (text !== asked) {
      setAsked(text);
      setRoot(toDraft(value));
      setProblems([]);
    }
  }

  function change(next: DraftGroup) {
    setRoot(next);
    const query = fromDraft(next);
    const read = readQuery(query);
    setProblems(read.problems);
    if (read.problems.length > 0 || printQuery(query) === asked) return;
    setAsked(printQuery(query));
    onChange(query);
  }

  return (
    <div className="flex flex-col gap-2">
      <GroupRows
        group={root}
        depth={0}
        vocabulary={vocabulary}
        onChange={(key, part) => change(withPart(root, key, part))}
      />
      {problems[0] ? (
        <p role="status" className="text-muted text-xs">
          Not searched yet: {problems[0].path.replace(/^query\./, "")} {problems[0].message}.
        </p>
      ) : null}
    </div>
  );
}

type GroupRowsProps = {
  group: DraftGroup;
  depth: number;
  vocabulary: Vocabulary;
  onChange: (key: string, part: Draft | null) => void;
};

function GroupRows({ group, depth, vocabulary, onChange }: GroupRowsProps) {
  const add = (part: Draft) => onChange(group.key, { ...group, parts: [...group.parts, part] });
  return (
    <fieldset className={depth > 0 ? "border-l-2 border-line-strong pl-3" : undefined}>
      <legend className="sr-only">{group.op === "and" ? "All of these" : "Any of these"}</legend>
      <div className="flex flex-wrap items-center gap-2">
        <Not part={group} onChange={(negated) => onChange(group.key, { ...group, negated })} />
        <SegmentedControl
          label="How the conditions are joined"
          value={group.op}
          onValueChange={(op) => onChange(group.key, { ...group, op })}
          options={[
            { value: "and", label: "All of" },
            { value: "or", label: "Any of" },
          ]}
        />
        <DropdownMenu
          align="start"
          trigger={
            <Button variant="ghost">
              <Plus aria-hidden />
              Add condition
            </Button>
          }
        >
          {conditionChoices(vocabulary).map(({ kind, label, start }) => (
            <MenuItem key={kind} onSelect={() => add(newCondition(start))}>
              {label}
            </MenuItem>
          ))}
        </DropdownMenu>
        {depth < 5 ? (
          <Button
            variant="ghost"
            onClick={() => add(newGroup([newCondition({ keyword: "" })], group.op === "and" ? "or" : "and"))}
          >
            <FolderPlus aria-hidden />
            Add group
          </Button>
        ) : null}
        {depth > 0 || group.negated ? (
          <Turn part={group} onChange={(negated) => onChange(group.key, { ...group, negated })} />
        ) : null}
        {depth > 0 ? (
          <IconButton label="Remove this group" onClick={() => onChange(group.key, null)}>
            <Trash2 aria-hidden />
          </IconButton>
        ) : null}
      </div>
      <ul className="mt-2 flex flex-col gap-2">
        {group.parts.map((part) => (
          <li key={part.key}>
            {part.kind === "group" ? (
              <GroupRows group={part} depth={depth + 1} vocabulary={vocabulary} onChange={onChange} />
            ) : (
              <div className="flex flex-wrap items-center gap-2">
                <Not part={part} onChange={(negated) => onChange(part.key, { ...part, negated })} />
                <ConditionFields
                  predicate={part.predicate}
                  vocabulary={vocabulary}
                  onChange={(predicate) => onChange(part.key, { ...part, predicate })}
                />
                <Turn part={part} onChange={(negated) => onChange(part.key, { ...part, negated })} />
                <IconButton label="Remove this condition" onClick={() => onChange(part.key, null)}>
                  <Trash2 aria-hidden />
                </IconButton>
              </div>
            )}
          </li>
        ))}
      </ul>
    </fieldset>
  );
}

type TurnProps = { part: Draft; onChange: (negated: boolean) => void };

/** Says that a part must not hold; pressed, it must again. */
function Not({ part, onChange }: TurnProps) {
  if (!part.negated) return null;
  return (
    <Button
      size="sm"
      aria-label="Must hold again"
      className="font-medium text-bad"
      onClick={() => onChange(false)}
    >
      not
    </Button>
  );
}

/** Turns a condition or a group round. */
function Turn({ part, onChange }: TurnProps) {
  return (
    <IconButton
      label="Must not hold"
      aria-pressed={part.negated}
      className={part.negated ? "text-bad" : undefined}
      onClick={() => onChange(!part.negated)}
    >
      <CircleSlash aria-hidden />
    </IconButton>
  );
}
