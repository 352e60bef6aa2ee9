/** The first language of an Accept-Language header that `Intl` knows; "en" without one. */
export function readerLocale(acceptLanguage: string | null): string {
  const wanted = (acceptLanguage ?? "")
    .split(",")
    .map((part) => part.split(";")[0]?.trim() ?? "")
    .filter((tag) => tag !== "" && tag !== "*");
  for (const tag of wanted) {
    if (isKnownLocale(tag)) return tag;
  }
  return "en";
}

function isKnownLocale(tag: string): boolean {
  try {
    return Intl.NumberFormat.supportedLocalesOf([tag]).length > 0;
  } catch {
    // A malformed tag is a RangeError; the header is written by the other side.
    return false;
  }
}
