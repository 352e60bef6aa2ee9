"use client";

import { useMemo } from "react";
import { useLocale, useTimeZone } from "@/components/ui/reader";
import { type Named, namesApart } from "./names-apart";

/** {@link namesApart} in the reader's locale and zone. */
export function useNamesApart(all: readonly Named[]): ReadonlyMap<string, string> {
  const locale = useLocale();
  const timeZone = useTimeZone();
  return useMemo(() => namesApart(all, { locale, timeZone }), [all, locale, timeZone]);
}
