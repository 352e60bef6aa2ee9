"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { EmailInput, NameInput } from "@/components/account/account-inputs";
import { NewPasswordField } from "@/components/account/new-password-field";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { fieldProblemOf, problemOf, useTRPC } from "@/trpc/client";

type NewAccountFormProps = {
  /** `owner`: the first account of an instance; `member`: anybody's, where that is allowed. */
  kind: "owner" | "member";
};

/** Name, e-mail and password of a new account. */
export function NewAccountForm({ kind }: NewAccountFormProps) {
  const trpc = useTRPC();
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  // A whole load, since the session cookie is new.
  const onSuccess = () => window.location.assign("/projects");
  const setUp = useMutation(trpc.access.setUp.mutationOptions({ onSuccess }));
  const signUp = useMutation(trpc.access.signUp.mutationOptions({ onSuccess }));
  const make = kind === "owner" ? setUp : signUp;
  const { error } = make;
  const problem = error ? problemOf(error) : null;
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        make.mutate({ name, email, password });
      }}
    >
      {problem && !problem.errors ? <Notice tone="bad">{problem.detail}</Notice> : null}
      <Field label="Your name" error={fieldProblemOf(error, "name")}>
        {(control) => (
          <NameInput
            {...control}
            value={name}
            onChange={(event) => setName(event.target.value)}
            className="h-9 max-sm:h-control"
          />
        )}
      </Field>
      <Field label="E-mail" error={fieldProblemOf(error, "email")}>
        {(control) => (
          <EmailInput
            {...control}
            value={email}
            onChange={(event) => setEmail(event.target.value)}
            className="h-9 max-sm:h-control"
          />
        )}
      </Field>
      <NewPasswordField
        value={password}
        onChange={setPassword}
        personal={[name, email]}
        className="h-9 max-sm:h-control"
        error={fieldProblemOf(error, "password")}
      />
      <Button type="submit" variant="primary" size="lg" busy={make.isPending || make.isSuccess}>
        {kind === "owner" ? "Create the owner's account" : "Create an account"}
      </Button>
    </form>
  );
}
