import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { SignUpPage } from "@/components/setup/sign-up-page";
import { api } from "@/trpc/server";

export const metadata: Metadata = { title: "Create an account" };

export default async function Page() {
  const { isSetUp, openSignup } = await (await api()).access.instance();
  if (!isSetUp || !openSignup) redirect("/");
  return <SignUpPage />;
}
