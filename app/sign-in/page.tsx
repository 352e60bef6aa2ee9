import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { SignInPage } from "@/components/sign-in/sign-in-page";
import { api } from "@/trpc/server";
import { submitPassword, submitProvider } from "./actions";

export const metadata: Metadata = { title: "Sign in" };

type Props = { searchParams: Promise<{ next?: string | string[]; error?: string | string[] }> };

export default async function Page({ searchParams }: Props) {
  const [{ next, error }, instance] = [await searchParams, await (await api()).access.instance()];
  if (!instance.isSetUp) redirect("/setup");
  return (
    <SignInPage
      instance={instance}
      next={String(next ?? "")}
      error={error === undefined ? undefined : String(error)}
      submitPassword={submitPassword}
      submitProvider={submitProvider}
    />
  );
}
