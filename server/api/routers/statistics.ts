import { router } from "../trpc";

/** Figures about labels: each tells when it was made, on how much, and why there is none. */
export const statisticsRouter = router({});
