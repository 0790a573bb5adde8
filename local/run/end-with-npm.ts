import { endBy } from "./stop.ts";

/** Milliseconds between two looks. */
const LOOK_INTERVAL_MS = 250;

/** Facts about this process, for tests. */
export interface Ancestry {
  readonly environment: NodeJS.ProcessEnv;
  /** The id of the current parent process. */
  parent(): number;
  /** Calls `look` repeatedly, until it returns false. */
  every(look: () => boolean): void;
  end(): void;
}

const thisProcess: Ancestry = {
  environment: process.env,
  parent: () => process.ppid,
  every(look) {
    const timer = setInterval(() => {
      if (!look()) clearInterval(timer);
    }, LOOK_INTERVAL_MS);
    timer.unref();
  },
  end() {
    process.stderr.write("npm has ended without ending what it started: this ends too.\n");
    endBy("SIGTERM");
  },
};

/**
 * Ends this process when npm is killed by SIGKILL, which npm cannot pass on as it does other signals: the local cloud
 * would live on, with its port. Detected by the parent's id, which changes when the parent ends.
 *
 * Only for a process that npm started: a script of package.json is `exec node …`, so that npm is the parent. In
 * `npm start &`, `nohup npm start` and `setsid npm start` npm lives on as the parent; whoever starts node directly
 * may end before it.
 */
export function endWithNpm({ environment, parent, every, end }: Ancestry = thisProcess): void {
  if (!environment["npm_lifecycle_script"]?.startsWith("exec node ")) return;
  const npm = parent();
  every(() => {
    if (parent() === npm) return true;
    end();
    return false;
  });
}
