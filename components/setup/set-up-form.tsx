"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { NewPasswordField } from "@/components/account/new-password-field";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { fieldProblemOf, problemOf, useTRPC } from "@/trpc/client";

/** Name, e-mail and password of the first person. */
export function SetUpForm() {
  const trpc = useTRPC();
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const setUp = useMutation(
    trpc.access.setUp.mutationOptions({ onSuccess: () => window.location.assign("/projects") }),
  );
  const { error } = setUp;
  const problem = error ? problemOf(error) : null;
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        setUp.mutate({ name, email, password });
      }}
    >
      {problem && !problem.errors ? <Notice tone="bad">{problem.detail}</Notice> : null}
      <Field label="Your name" error={fieldProblemOf(error, "name")}>
        {(control) => (
          <Input
            {...control}
            autoComplete="name"
            required
            maxLength={120}
            value={name}
            onChange={(event) => setName(event.target.value)}
            className="h-9 max-sm:h-control"
          />
        )}
      </Field>
      <Field label="E-mail" error={fieldProblemOf(error, "email")}>
        {(control) => (
          <Input
            {...control}
            type="email"
            autoComplete="username"
            required
            maxLength={254}
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
        error={fieldProblemOf(error, "password")}
      />
      <Button type="submit" variant="primary" size="lg" busy={setUp.isPending || setUp.isSuccess}>
        Create the owner's account
      </Button>
    </form>
  );
}
