import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { SetUpPage } from "@/components/setup/set-up-page";
import { api } from "@/trpc/server";

export const metadata: Metadata = { title: "Set up" };

export default async function Page() {
  const { isSetUp } = await (await api()).access.instance();
  if (isSetUp) redirect("/sign-in");
  return <SetUpPage />;
}
