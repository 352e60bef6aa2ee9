"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { NameInput } from "@/components/account/account-inputs";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { fieldProblemOf, problemOf, useTRPC } from "@/trpc/client";

/** One field and one button; who is signed in needs only the button. */
export function JoinForm({ token, signedInAs }: { token: string; signedInAs: string | null }) {
  const trpc = useTRPC();
  const [name, setName] = useState("");
  const join = useMutation(
    trpc.access.enter.mutationOptions({
      // A whole load, since the session cookie is new.
      onSuccess: ({ project }) => window.location.assign(`/p/${project.slug}`),
    }),
  );
  const problem = join.error ? problemOf(join.error) : null;
  const isStranger = signedInAs === null;
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        join.mutate(isStranger ? { token, name } : { token });
      }}
    >
      {problem && !problem.errors ? <Notice tone="bad">{problem.detail}</Notice> : null}
      {isStranger ? (
        <Field
          label="Your name"
          hint="Colleagues see it beside your labels. No password is needed."
          error={fieldProblemOf(join.error, "name")}
        >
          {(control) => (
            <NameInput
              {...control}
              name="name"
              autoFocus
              value={name}
              onChange={(event) => setName(event.target.value)}
              className="h-9 max-sm:h-control"
            />
          )}
        </Field>
      ) : null}
      <Button type="submit" variant="primary" size="lg" busy={join.isPending || join.isSuccess}>
        {isStranger ? "Join" : `Join as ${signedInAs}`}
      </Button>
    </form>
  );
}
