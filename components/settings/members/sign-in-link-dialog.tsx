"use client";

import { useMutation } from "@tanstack/react-query";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Notice } from "@/components/ui/notice";
import { SecretOnce } from "@/components/ui/secret-once";
import type { Member } from "@/contracts/access";
import { problemOf, useTRPC } from "@/trpc/client";

type SignInLinkDialogProps = {
  project: string;
  /** Null: closed. */
  member: Member | null;
  onClose: () => void;
};

/** Makes a personal sign-in link when asked, and shows it once. */
export function SignInLinkDialog({ project, member, onClose }: SignInLinkDialogProps) {
  const trpc = useTRPC();
  const make = useMutation(trpc.access.createSignInLink.mutationOptions());
  const url = make.data?.url ?? null;

  function close() {
    make.reset();
    onClose();
  }

  return (
    <Dialog
      open={member !== null}
      onOpenChange={(open) => (open ? undefined : close())}
      title={`Sign-in link for ${member?.name}`}
      description="Whoever opens it is signed in as this person, once, within 24 hours. Hand it to nobody else."
      footer={
        url ? (
          <Button variant="primary" onClick={close}>
            Done
          </Button>
        ) : (
          <Button
            variant="primary"
            busy={make.isPending}
            onClick={() => member && make.mutate({ project, userId: member.userId })}
          >
            Make link
          </Button>
        )
      }
    >
      {make.error ? <Notice tone="bad">{problemOf(make.error).detail}</Notice> : null}
      {url ? <SecretOnce label="Sign-in link" secret={url} /> : null}
    </Dialog>
  );
}
