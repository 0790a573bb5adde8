/** Runs `work` and gives what it printed by console.log, not shown. */
export async function consoleLines<T>(work: () => Promise<T>): Promise<{ result: T; lines: string[] }> {
  const lines: string[] = [];
  const original = console.log;
  console.log = (line: string) => void lines.push(line);
  try {
    return { result: await work(), lines };
  } finally {
    console.log = original;
  }
}
