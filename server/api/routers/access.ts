import { router } from "../trpc";

export const accessRouter = router({});
