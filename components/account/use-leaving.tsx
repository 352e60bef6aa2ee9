"use client";

import { signOut } from "next-auth/react";
import { type ReactNode, useState } from "react";
import { browserStorage } from "@/components/saving/browser-storage";
import { countUnsent, eraseUnsent } from "@/components/saving/outbox";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import type { Me } from "@/contracts/access";

type Leaver = Pick<Me, "id" | "email">;

/**
 * Signing out, and the question that stands before it when something would be lost: decisions that are in this
 * browser alone. Who has no password is first told on the account page that the way back would be lost.
 */
export function useLeaving(me: Leaver): { leave: () => void; question: ReactNode } {
  const [unsent, setUnsent] = useState(0);
  const [busy, setBusy] = useState(false);

  async function goOut() {
    setBusy(true);
    if (me.email === null) {
      window.location.assign("/account?leaving=1");
      return;
    }
    eraseUnsent(browserStorage(), me.id);
    await signOut({ redirectTo: "/sign-in" });
  }

  function leave() {
    const count = countUnsent(browserStorage(), me.id);
    if (count > 0) setUnsent(count);
    else void goOut();
  }

  const question = (
    <ConfirmDialog
      open={unsent > 0}
      onOpenChange={(open) => {
        if (!open) setUnsent(0);
      }}
      title={unsent === 1 ? "Sign out with 1 decision unsent?" : `Sign out with ${unsent} decisions unsent?`}
      description="They are kept in this browser alone and are erased when you sign out. Open their session to send them."
      verb="Sign out and erase them"
      danger
      busy={busy}
      onConfirm={() => void goOut()}
    />
  );
  return { leave, question };
}
