"use client";

import { dateFormat } from "@/components/ui/kept-formats";
import { useLocale } from "@/components/ui/reader";

/** A day of the statistics, which are counted in UTC, in the reader's locale: "4 May 2026". */
export function useDayWords(): (day: string | number) => string {
  const locale = useLocale();
  return (day) => dateFormat(locale, { dateStyle: "medium", timeZone: "UTC" }).format(new Date(day));
}
