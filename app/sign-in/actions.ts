"use server";

import { redirect } from "next/navigation";
import type { SignInState } from "@/components/sign-in/sign-in-form";
import { ownPath } from "@/server/auth/own-path";
import { signInByPassword, signInByProvider } from "@/server/auth/sign-in";

export async function submitPassword(_: SignInState, form: FormData): Promise<SignInState> {
  const refusal = await signInByPassword(form);
  if (refusal) return refusal;
  redirect(ownPath(form.get("next")));
}

export async function submitProvider(form: FormData): Promise<void> {
  await signInByProvider(form);
}
