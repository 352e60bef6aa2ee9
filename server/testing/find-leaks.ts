/** Forms in which a secret may stand in an output: as it is, in an address, in base64 at any offset of three bytes. */
function formsOf(secret: string): string[] {
  const shifted = ["", "x", "xx"].map((lead) =>
    // What stands beside the secret changes the first and last characters.
    Buffer.from(`${lead}${secret}`, "utf8")
      .toString("base64")
      .slice(lead === "" ? 0 : 4, -4),
  );
  return [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1), ...shifted].filter(
    (form) => form.length >= 8,
  );
}

/**
 * Looks for secrets in what a run has put out.
 * @param canaries by name: a text of 12 or more characters that stands nowhere else
 * @param outputs by name: log lines, responses, exports, metrics
 * @returns `<canary> in <output>` for each that was found
 */
export function findLeaks(
  canaries: Readonly<Record<string, string>>,
  outputs: Readonly<Record<string, string>>,
): string[] {
  return Object.entries(canaries).flatMap(([name, secret]) =>
    Object.entries(outputs)
      .filter(([, output]) => formsOf(secret).some((form) => output.includes(form)))
      .map(([where]) => `${name} in ${where}`),
  );
}
