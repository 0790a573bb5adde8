import { createHash } from "node:crypto";
import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve, sep } from "node:path";
import { AwsError } from "../../kernel/errors.ts";
import type { DeployedCode } from "./function-settings.ts";
import { MAX_CODE_BYTES } from "./limits.ts";
import { runtimeBundle } from "./runtime/bundle.ts";

/** The functions' files and the runtime on disk, in one temporary folder that goes when the cloud closes. */
export class CodeStore {
  #root: Promise<string> | undefined;
  #runtimeFile: Promise<string> | undefined;
  #count = 0;

  /** Path of the module that runs in a worker. */
  runtimeFile(): Promise<string> {
    this.#runtimeFile ??= this.#writeRuntime();
    return this.#runtimeFile;
  }

  /** Writes a deployment package. Throws AwsError when it is empty, too large, or names a file outside its folder. */
  async deploy(functionName: string, files: ReadonlyMap<string, Buffer>): Promise<DeployedCode> {
    let sizeBytes = 0;
    const hash = createHash("sha256");
    for (const [name, bytes] of [...files].sort(([left], [right]) => (left < right ? -1 : 1))) {
      sizeBytes += bytes.length;
      hash.update(`${name}\0${bytes.length}\0`).update(bytes);
    }
    if (files.size === 0) throw new AwsError("InvalidParameterValueException", "Uploaded file must be a non-empty zip");
    if (sizeBytes > MAX_CODE_BYTES) {
      const message = `Unzipped size must be smaller than ${MAX_CODE_BYTES} bytes`;
      throw new AwsError("InvalidParameterValueException", message);
    }
    const taskRoot = join(await this.#folder(), `${functionName}-${++this.#count}`);
    await mkdir(taskRoot);
    for (const [name, bytes] of files) {
      const path = resolve(taskRoot, name);
      if (!path.startsWith(taskRoot + sep)) {
        throw new AwsError("InvalidParameterValueException", `The file ${name} of the package is outside its folder.`);
      }
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, bytes);
    }
    return { taskRoot, codeSha256: hash.digest("base64"), sizeBytes };
  }

  /** Removes a function's files. */
  async remove(code: DeployedCode): Promise<void> {
    await rm(code.taskRoot, { recursive: true, force: true });
  }

  /** Removes everything. */
  async close(): Promise<void> {
    const root = await this.#root;
    if (root) await rm(root, { recursive: true, force: true });
    this.#root = undefined;
    this.#runtimeFile = undefined;
  }

  #folder(): Promise<string> {
    this.#root ??= mkdtemp(join(tmpdir(), "tributary-lambda-")).then((path) => realpath(path));
    return this.#root;
  }

  async #writeRuntime(): Promise<string> {
    const path = join(await this.#folder(), "runtime.mjs");
    await writeFile(path, await runtimeBundle());
    return path;
  }
}
