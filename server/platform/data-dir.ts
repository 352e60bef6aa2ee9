import { access, chmod, constants, mkdir } from "node:fs/promises";
import { AppError } from "./errors";

/**
 * Makes the data directory when it is missing, for its owner alone (mode 0700), and checks that it can be
 * written.
 * @throws AppError `data_dir`, one line
 */
export async function prepareDataDir(dataDir: string): Promise<void> {
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o700 });
    await access(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
    await chmod(dataDir, 0o700);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    throw new AppError(
      "data_dir",
      `The data directory ${dataDir} can't be written (${code}): correct it, or set TANDEM_DATA_DIR to another folder.`,
      { status: 500, cause: error },
    );
  }
}
