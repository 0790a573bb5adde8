import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { Checkouts } from "../local/rehearse/checkouts.ts";
import { Repository } from "../local/rehearse/repository.ts";

/** The base commit, checked out when somebody asks for it. */
export interface Base {
  /** @returns the folder of the project in the checkout; the same one at every call */
  folder(): Promise<string>;
  /** Removes the checkout, if there is one. */
  remove(): Promise<void>;
}

/**
 * A checkout of a commit that uses the installed dependencies of this project, so that a ratio to it holds two versions
 * of our code against each other, on the same versions of the libraries.
 * @param options.ref branch, tag or commit
 */
export function createBase(options: {
  readonly ref: string;
  readonly projectDir: string;
  readonly signal: AbortSignal;
  readonly onStep: (text: string) => void;
}): Base {
  const { ref, projectDir, signal, onStep } = options;
  let checkouts: Checkouts | undefined;
  let folder: Promise<string> | undefined;
  const checkOut = async (): Promise<string> => {
    const repository = await Repository.of(projectDir);
    const commit = await repository.commit(ref, "--base");
    checkouts = new Checkouts({
      repository,
      projectDir,
      signal,
      onStep,
      install: async (checkout) => symlinkSync(join(projectDir, "node_modules"), join(checkout, "node_modules"), "dir"),
    });
    return checkouts.add("base", commit);
  };
  return {
    folder() {
      folder ??= checkOut();
      return folder;
    },
    async remove() {
      await checkouts?.remove();
    },
  };
}
