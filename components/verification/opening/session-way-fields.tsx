"use client";

import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { RadioGroup } from "@/components/ui/radio-group";
import { SessionPeopleField } from "./session-people-field";
import { type SessionWay, wayProblems } from "./session-way";

const modes = [
  {
    value: "shared",
    label: "Together",
    hint: "One verdict a label, seen by everybody as it is made.",
  },
  {
    value: "independent",
    label: "Independently",
    hint: "Several verdicts a label; nobody sees another's before their own.",
  },
] as const;

type SessionWayFieldsProps = {
  /** Slug. */
  project: string;
  way: SessionWay;
  onChange: (way: SessionWay) => void;
};

/** How a new session is called, how people work in it (together or each alone, how much of it blind), and who. */
export function SessionWayFields({ project, way, onChange }: SessionWayFieldsProps) {
  const problems = wayProblems(way);
  return (
    <>
      <Field label="Name" optional>
        {(control) => (
          <Input
            {...control}
            maxLength={120}
            value={way.name}
            onChange={({ target }) => onChange({ ...way, name: target.value })}
          />
        )}
      </Field>
      <fieldset>
        <legend className="font-medium">People decide</legend>
        <RadioGroup
          aria-label="People decide"
          options={modes}
          value={way.mode}
          onValueChange={(mode) => onChange({ ...way, mode })}
        />
      </fieldset>
      {way.mode === "independent" ? (
        <Field
          label="Verdicts per label"
          hint="How many people decide each label. Their agreement shows how clear it is."
          error={problems.verdictsPerItem}
        >
          {(control) => (
            <Input
              {...control}
              inputMode="numeric"
              className="w-24"
              value={way.verdictsPerItem}
              onChange={({ target }) => onChange({ ...way, verdictsPerItem: target.value })}
            />
          )}
        </Field>
      ) : null}
      <Field
        label="Blind share, percent"
        hint="For this share of the labels, drawn at random, the agent's answer is hidden until a person decides."
        error={problems.blindPercent}
      >
        {(control) => (
          <Input
            {...control}
            inputMode="decimal"
            className="w-24"
            value={way.blindPercent}
            onChange={({ target }) => onChange({ ...way, blindPercent: target.value })}
          />
        )}
      </Field>
      <Field
        label="Random sample, records"
        hint="Only this many records, drawn at random, so that what is found holds for all of them."
        optional
        error={problems.sampleSize}
      >
        {(control) => (
          <Input
            {...control}
            inputMode="numeric"
            className="w-24"
            value={way.sampleSize}
            onChange={({ target }) => onChange({ ...way, sampleSize: target.value })}
          />
        )}
      </Field>
      <SessionPeopleField
        project={project}
        mode={way.mode}
        value={way.members}
        onChange={(members) => onChange({ ...way, members })}
      />
    </>
  );
}
