"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Section } from "@/components/ui/section";
import type { RecordRow } from "@/contracts/records";
import { RecordMetadata } from "./record-metadata";
import { useRecordsView } from "./records-context";

type RecordGoldProps = {
  record: RecordRow;
  names: readonly string[];
  refresh: (ids: string[]) => Promise<unknown>;
};

/** What statistics take for the truth of a record. Whoever may label it here asks for it: it would tell them the answer. */
export function RecordGold({ record, names, refresh }: RecordGoldProps) {
  const { may } = useRecordsView();
  const [shown, setShown] = useState(!may("annotations:write"));
  if (names.length === 0) return null;
  return (
    <Section title="Gold" description="What statistics take for right.">
      {shown ? (
        <RecordMetadata record={record} names={names} takesMore={false} refresh={refresh} />
      ) : (
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <Button size="sm" onClick={() => setShown(true)}>
            Show gold
          </Button>
          <span className="text-faint text-xs">Label before you look.</span>
        </p>
      )}
    </Section>
  );
}
