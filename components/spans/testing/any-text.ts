import fc from "fast-check";

/** Texts that break careless counting: joined emoji, flags, marks, both directions, CRLF, halves of pairs. */
export const anyText = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 40 }),
  fc.string({ unit: "binary", maxLength: 40 }),
  fc
    .array(
      fc.constantFrom(
        ..."a| |Acme|Corp.|\r\n|\n|👩‍👩‍👧|👍🏽|🇩🇪|🇩|e\u0301|\u0301|\ud83d|\ude00|שָׁלוֹם|مرحبا|\u200f|\u2066|𝒳|कि|한국|日本語|don't|3.14|\u00a0|\u200d".split(
          "|",
        ),
      ),
      { maxLength: 24 },
    )
    .map((parts) => parts.join("")),
);
