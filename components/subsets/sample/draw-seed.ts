import { SEEDS } from "@/contracts/common";

/** A seed for a sample that nobody asked a certain one for. */
export const drawSeed = (): number => Math.floor(Math.random() * SEEDS);
