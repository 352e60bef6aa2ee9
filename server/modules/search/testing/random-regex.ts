import fc from "fast-check";

/** Few characters, chosen for what case, words, lines and planes do with them. */
const characters = [
  ..."aAbBsSkK019_ -.éÉßẞσςΣſKıİIiжЖ漢\n\t😀\u00A0\uFFFD",
  "\u{10400}",
  "\u{10428}",
  "\u{10FFFD}",
];
const character = fc.constantFrom(...characters);

/** A text of few characters, so that expressions over the same find something in it. */
export const randomText: fc.Arbitrary<string> = fc
  .array(fc.oneof(character, fc.constantFrom("ab", "a b", "\n", "aaa", "ſs")), { maxLength: 7 })
  .map((parts) => parts.join(""));

const quoted = (char: string) => char.replace(/[\\.*+?()[\]{}^$|-]/g, "\\$&");
const classItem = fc.oneof(
  { weight: 4, arbitrary: character.map(quoted) },
  fc.constantFrom("a-k", "A-Z", "0-9", "à-ÿ", "α-ω", "\\x{1F600}-\\x{1F64F}", "+--", "\\x{0}-\\x{20}"),
  fc.constantFrom("\\d", "\\W", "\\s", "\\w", "[:alpha:]", "[:^space:]", "[:word:]", "\\pL", "\\P{Greek}"),
);
const characterClass = fc
  .tuple(fc.boolean(), fc.array(classItem, { minLength: 1, maxLength: 3 }), fc.constantFrom("", "-", "]"))
  .map(
    ([negated, items, first]) =>
      `[${negated ? "^" : ""}${first}${items.join("")}${first === "-" ? "-" : ""}]`,
  );
const atom = fc.oneof(
  { weight: 6, arbitrary: character.map(quoted) },
  { weight: 2, arbitrary: fc.constantFrom(".", "\\d", "\\D", "\\w", "\\W", "\\s", "\\S") },
  { weight: 2, arbitrary: fc.constantFrom("^", "$", "\\b", "\\B", "\\A", "\\z") },
  fc.constantFrom("\\p{L}", "\\pN", "\\P{Lu}", "\\p{Greek}", "\\p{^Cyrillic}", "\\p{Ll}", "\\p{Any}"),
  fc.constantFrom(
    "\\x41",
    "\\x{1F600}",
    "\\t",
    "\\n",
    "\\101",
    "\\0",
    "\\Qa.b\\E",
    "{",
    "}",
    "a{,2}",
    "a{1,300}",
    "[ab]{260,}",
  ),
  fc.constantFrom("(?i)", "(?m)", "(?s)", "(?-i)", "(?U)", ""),
  { weight: 3, arbitrary: characterClass },
);
const quantifier = fc.oneof(
  { weight: 5, arbitrary: fc.constant("") },
  fc.constantFrom("*", "+", "?", "*?", "+?", "??", "{2}", "{0}", "{1,2}", "{2,}", "{0,3}?", "{01}"),
);
const opening = fc.constantFrom("(", "(?:", "(?i:", "(?-i:", "(?s:", "(?m-s:", "(?P<a>", "(?<b>");

/** An expression in RE2's syntax; a few are wrong, by repeating nothing or naming a group twice. */
export const randomRegex: fc.Arbitrary<string> = fc.letrec<{ choice: string; item: string }>((tie) => ({
  choice: fc
    .array(
      fc.array(tie("item"), { maxLength: 4 }).map((items) => items.join("")),
      { minLength: 1, maxLength: 3 },
    )
    .map((branches) => branches.join("|")),
  item: fc
    .tuple(
      fc.oneof(
        { maxDepth: 3, withCrossShrink: true },
        { weight: 5, arbitrary: atom },
        {
          weight: 1,
          arbitrary: fc.tuple(opening, tie("choice")).map(([open, inside]) => `${open}${inside})`),
        },
      ),
      quantifier,
    )
    .map((parts) => parts.join("")),
})).choice;
