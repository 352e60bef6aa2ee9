import { lookOf, type OptionLook } from "@/components/labelling/label-options";

/** A value in words; an empty one says that nothing is to be marked there. */
export const valueWords = (value: readonly string[], options: readonly OptionLook[]): string =>
  value.length === 0 ? "no label here" : value.map((one) => lookOf(options, one).text).join(", ");
