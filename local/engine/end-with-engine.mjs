/**
 * Loaded into the program's process: ends it when the engine's process has ended without ending it (killed, out of
 * memory). Such a program once ran on for hours, with a core and gigabytes of memory. Detected by the parent's id,
 * which changes when the parent ends.
 */
const LOOK_EVERY_MS = 250;
const engine = process.ppid;

setInterval(() => {
  if (process.ppid !== engine) process.kill(process.pid, "SIGKILL");
}, LOOK_EVERY_MS).unref();
