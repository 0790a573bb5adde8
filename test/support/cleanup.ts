const cleanups: (() => Promise<void> | void)[] = [];

/** Calls `cleanup` at the end of the test run; for fixtures that several files share. */
export function atEndOfRun(cleanup: () => Promise<void> | void): void {
  cleanups.push(cleanup);
}

/** Runs the cleanups, newest first. */
export async function runCleanups(): Promise<void> {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
}
