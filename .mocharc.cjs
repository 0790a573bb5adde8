const { existsSync } = require("node:fs");

// mocha adds `spec` to what the command line names, so it is left out when a file is named: `npm test -- test/local/kernel/clock.test.ts`.
const namesFiles = process.argv.slice(2).some((argument) => argument.endsWith(".ts") || existsSync(argument));

/** How every mocha run of this project is set: `npm test`, one file of it, and the long runs. */
module.exports = {
  // A young generation of 64 MiB instead of 16: tests make much that lives for one test, and collecting it took a quarter of their time.
  "node-option": ["import=tsx", "max-semi-space-size=64"],
  ...(namesFiles ? {} : { spec: ["test/**/*.test.ts"] }),
  require: ["./test/support/root-hooks.ts"],
  // Ends a test that hangs, and nothing else: HANG_LIMIT_MS of local/kernel/hang-limit.ts. No test has a limit of its own.
  timeout: 600_000,
  reporter: "dot",
  parallel: true,
  jobs: 2,
};
