"use client";

import { useMemo, useState } from "react";
import { useNamesApart } from "@/components/labelling/use-names-apart";
import { Checkbox } from "@/components/ui/checkbox";
import { SearchInput } from "@/components/ui/input";
import type { Member } from "@/contracts/access";

type PeoplePickerProps = {
  members: readonly Member[];
  value: readonly string[];
  onChange: (userIds: string[]) => void;
};

/** Members who may label; a search field when they are many. */
export function PeoplePicker({ members, value, onChange }: PeoplePickerProps) {
  const [text, setText] = useState("");
  const nameOf = useNamesApart(
    useMemo(
      () => members.map(({ userId, name, joinedAt }) => ({ id: userId, name, createdAt: joinedAt })),
      [members],
    ),
  );
  const wanted = text.trim().toLowerCase();
  const shown = members.filter(
    ({ name, email }) => name.toLowerCase().includes(wanted) || email?.toLowerCase().includes(wanted),
  );
  return (
    <fieldset>
      <legend className="font-medium">People</legend>
      {members.length > 8 ? (
        <SearchInput
          aria-label="Find people"
          placeholder="Find people"
          className="my-1"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      ) : null}
      <div className="max-h-48 overflow-y-auto">
        {shown.map(({ userId, email, role }) => (
          <Checkbox
            key={userId}
            label={nameOf.get(userId)}
            hint={email ? `${role}, ${email}` : role}
            checked={value.includes(userId)}
            onCheckedChange={(checked) =>
              onChange(checked === true ? [...value, userId] : value.filter((id) => id !== userId))
            }
          />
        ))}
        {shown.length === 0 ? (
          <p className="py-1 text-muted">
            {members.length === 0
              ? "Nobody here may label yet. Invite annotators first."
              : "Nobody by that name."}
          </p>
        ) : null}
      </div>
    </fieldset>
  );
}
