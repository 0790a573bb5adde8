/**
 * Loaded into the program's process: ends it when the engine's process is gone, which could not end it (killed, out of memory). A program without
 * an engine was seen to go on for hours, with a core and gigabytes of memory. A process whose parent has ended gets another parent: that is how it shows.
 */
const LOOK_EVERY_MS = 250;
const engine = process.ppid;

setInterval(() => {
  if (process.ppid !== engine) process.kill(process.pid, "SIGKILL");
}, LOOK_EVERY_MS).unref();
