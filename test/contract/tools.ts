import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const SCRIPT = fileURLToPath(new URL("../../scripts/contract-tools.sh", import.meta.url));

/** The folder with the programs that are compared with; installs what is missing. */
export const toolsFolder = (): string => execFileSync(SCRIPT, { encoding: "utf8" }).trim();
