"use client";

import { useFormat } from "@/components/ui/figure";
import type { VerdictsApart } from "@/contracts/sessions";
import { apartWords } from "./apart-words";

/** Beside a share with its interval: what it doesn't count. */
export function ApartNote({ apart }: { apart: VerdictsApart }) {
  const { count } = useFormat();
  const words = apartWords(apart, count);
  if (words.length === 0) return null;
  return (
    <span
      data-count="apart"
      className="whitespace-nowrap text-faint text-xs"
      title="Not counted: labels that were decided many at one stroke, and different labels of one record that were both called right"
    >
      + {words.join(", ")}
    </span>
  );
}
