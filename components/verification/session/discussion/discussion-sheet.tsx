"use client";

import { Sheet } from "@/components/ui/sheet";
import type { SessionItem } from "@/contracts/sessions";
import { ItemThread } from "./item-thread";

type DiscussionSheetProps = { item: SessionItem; onClose: () => void };

/** Beside the table: what was said about the row that has the keyboard. */
export function DiscussionSheet({ item, onClose }: DiscussionSheetProps) {
  return (
    <Sheet
      open
      modal={false}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={`Discussion of ${item.externalId}`}
    >
      <p className="mb-3 line-clamp-4 text-muted">{item.content}</p>
      <ItemThread item={item} />
    </Sheet>
  );
}
