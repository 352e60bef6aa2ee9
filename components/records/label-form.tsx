"use client";

import { useState } from "react";
import { useHotkeys } from "react-hotkeys-hook";
import { type OptionLook, optionLooks } from "@/components/labelling/label-options";
import { cn } from "@/components/ui/cn";
import { Kbd } from "@/components/ui/kbd";
import type { LabelDefinition } from "@/contracts/label-schema";
import type { RecordRow } from "@/contracts/records";
import { useRecordsView } from "./records-context";
import { ownValue, useLabelRecords } from "./use-label-records";

type LabelFormProps = { record: RecordRow; refresh: (ids: string[]) => Promise<unknown> };

/** The reader's own labels of one record: one press sets, the same again clears; saved at once. */
export function LabelForm({ record, refresh }: LabelFormProps) {
  const { vocabulary, me } = useRecordsView();
  const write = useLabelRecords(refresh);
  const labels = vocabulary.labels.filter(({ level }) => level === "record");
  const [keyed, setKeyed] = useState(labels[0]?.name);
  const pending = write.isPending ? write.variables[0] : undefined;

  function choose(label: LabelDefinition, value: string) {
    const mine = ownValue(record, label.name, me.id);
    const next = label.multi
      ? mine.includes(value)
        ? mine.filter((one) => one !== value)
        : [...mine, value]
      : mine.includes(value)
        ? []
        : [value];
    write.mutate([{ recordId: record.id, name: label.name, value: next }]);
  }

  const active = labels.find(({ name }) => name === keyed);
  const looks = active ? optionLooks(active) : [];
  useHotkeys(
    looks.flatMap(({ key }) => key ?? []),
    (event) => {
      const look = looks.find(({ key }) => key === event.key.toLowerCase());
      if (active && look) choose(active, look.value);
    },
    { useKey: true, preventDefault: true, enabled: !write.isPending },
    [active, record, write],
  );

  return (
    <div className="flex flex-col gap-3">
      {labels.map((label) => (
        <fieldset key={label.name} onFocus={() => setKeyed(label.name)} disabled={write.isPending}>
          <legend className="mb-1 text-muted text-xs">
            {label.name}
            {label.multi ? ", any number" : null}
          </legend>
          <div className="flex flex-wrap gap-1.5">
            {optionLooks(label).map((look) => (
              <OptionToggle
                key={look.value}
                look={look}
                withKey={labels.length > 0 && label.name === keyed}
                chosen={(pending?.name === label.name
                  ? pending.value
                  : ownValue(record, label.name, me.id)
                ).includes(look.value)}
                onChoose={() => choose(label, look.value)}
              />
            ))}
          </div>
        </fieldset>
      ))}
    </div>
  );
}

type OptionToggleProps = { look: OptionLook; withKey: boolean; chosen: boolean; onChoose: () => void };

function OptionToggle({ look, withKey, chosen, onChoose }: OptionToggleProps) {
  return (
    <button
      type="button"
      data-option={look.color}
      aria-pressed={chosen}
      title={look.description}
      onClick={onChoose}
      className={cn(
        "inline-flex h-control items-center gap-1.5 rounded-md border px-2.5 transition-colors hover:bg-raised",
        chosen && "border-transparent bg-option font-medium text-option-on hover:bg-option",
      )}
    >
      {chosen ? null : <span aria-hidden className="size-2 shrink-0 rounded-[2px] bg-option" />}
      {look.text}
      {withKey && look.key ? <Kbd>{look.key.toUpperCase()}</Kbd> : null}
    </button>
  );
}
