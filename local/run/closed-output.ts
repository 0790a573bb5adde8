import { endBy } from "./stop.ts";

/**
 * Ends this process as SIGPIPE ends other programs when nobody reads its output any more (`npm start | head -1`).
 * Node.js ignores SIGPIPE; the write then fails with EPIPE, which would end the process with a stack.
 * @param streams default: stdout and stderr.
 * @param end for tests.
 */
export function endWithReader(
  streams: readonly NodeJS.EventEmitter[] = [process.stdout, process.stderr],
  end: () => void = () => endBy("SIGPIPE"),
): void {
  let isClosed = false;
  for (const stream of streams) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (isClosed) return; // What is written while the process ends has no reader either.
      if (error.code !== "EPIPE") throw error;
      isClosed = true;
      end();
    });
  }
}
