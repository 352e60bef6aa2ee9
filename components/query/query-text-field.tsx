"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";
import type { Query } from "@/contracts/query";
import { parseQueryText, printQuery } from "./query-text";

type QueryTextFieldProps = { value: Query | null; onChange: (query: Query | null) => void };

/** The query as text: a keyword, or the tree that programs send. Ctrl+Enter searches. */
export function QueryTextField({ value, onChange }: QueryTextFieldProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const [problem, setProblem] = useState<string>();
  const text = draft ?? indented(value);

  function search() {
    const { query, problems } = parseQueryText(text);
    const [first] = problems;
    setProblem(first && `${first.path} ${first.message}`);
    if (first) return;
    setDraft(null);
    onChange(query);
  }

  return (
    <form
      className="flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        search();
      }}
    >
      <Field
        label="Query"
        error={problem}
        hint="A keyword, or a tree as programs send it to /records/search."
      >
        {(control) => (
          <Textarea
            {...control}
            mono
            rows={6}
            value={text}
            spellCheck={false}
            onChange={(event) => setDraft(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) search();
            }}
          />
        )}
      </Field>
      <div>
        <Button type="submit">Search</Button>
      </div>
    </form>
  );
}

function indented(query: Query | null): string {
  const text = printQuery(query);
  return text.startsWith("{") ? JSON.stringify(query, null, 2) : text;
}
