import { router } from "../trpc";

export const subsetsRouter = router({});
