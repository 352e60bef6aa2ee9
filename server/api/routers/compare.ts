import { router } from "../trpc";

export const compareRouter = router({});
