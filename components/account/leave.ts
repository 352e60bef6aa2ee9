import { signOut } from "next-auth/react";
import type { Me } from "@/contracts/access";

/**
 * Signs out, unless the way back would be lost: who has no password is first told so on the account page.
 */
export async function leave({ email }: Pick<Me, "email">): Promise<void> {
  if (email === null) window.location.assign("/account?leaving=1");
  else await signOut({ redirectTo: "/sign-in" });
}
