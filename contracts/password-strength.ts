/** 0 guessed at once … 4 out of reach. */
export type PasswordStrength = { score: 0 | 1 | 2 | 3 | 4; advice: string };

/** A password must resist a guesser who has some hours: 3 of 4. */
export const MIN_PASSWORD_SCORE = 3;

const load = async () => {
  const [{ ZxcvbnFactory }, common, english] = await Promise.all([
    import("@zxcvbn-ts/core"),
    import("@zxcvbn-ts/language-common"),
    import("@zxcvbn-ts/language-en"),
  ]);
  return new ZxcvbnFactory({
    dictionary: { ...common.dictionary, ...english.dictionary },
    graphs: common.adjacencyGraphs,
    translations: english.translations,
    maxLength: 128,
  });
};
let estimator: ReturnType<typeof load> | undefined;

/**
 * How hard a password is to guess (zxcvbn), the same in the browser and on the server. The word lists are
 * large, so they are loaded at the first question.
 * @param personal words that a guesser would try first: the person's name and e-mail address
 */
export async function passwordStrength(password: string, personal: string[]): Promise<PasswordStrength> {
  estimator ??= load();
  const words = personal
    .flatMap((text) => [text, ...text.split(/[^\p{L}\p{N}]+/u)])
    .filter((word) => word.length > 2);
  const { score, feedback } = (await estimator).check(password, words);
  const advice = [feedback.warning, ...feedback.suggestions].filter((text) => text).join(" ");
  return {
    score,
    advice: advice || "Several words that do not belong together are strong and easy to remember.",
  };
}
