/** How the rows of a snapshot are told apart, wherever they are counted. */
export const SOURCE_WORDS = {
  reconciled: "Reconciled",
  verified: "By verdict",
  accepted: "Accepted",
  ties: "No value, tied",
  differing: "Not unanimous",
} as const;
