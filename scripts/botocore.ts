import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** An unpacked botocore (PyPI, Apache-2.0), in a temporary folder. */
export interface Botocore {
  readonly version: string;
  /** The folder `botocore/data`. */
  readonly data: string;
}

/**
 * Downloads botocore, calls `read`, and removes it. Needs pip, python3 and the network.
 * @param wanted version; default: the newest.
 */
export function withBotocore(wanted: string | undefined, read: (botocore: Botocore) => void): void {
  const folder = mkdtempSync(join(tmpdir(), "botocore-"));
  try {
    const requirement = wanted === undefined ? "botocore" : `botocore==${wanted}`;
    execFileSync("pip", ["download", requirement, "--no-deps", "--quiet", "--dest", folder], { stdio: "inherit" });
    const wheel = readdirSync(folder).find((name) => name.endsWith(".whl"));
    if (wheel === undefined) throw new Error(`pip downloaded no wheel into ${folder}`);
    execFileSync("python3", ["-m", "zipfile", "-e", join(folder, wheel), folder]);
    read({ version: wheel.split("-")[1] ?? "", data: join(folder, "botocore", "data") });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
