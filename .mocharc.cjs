const { existsSync } = require("node:fs");

// mocha adds `spec` to what the command line names, so it is left out when a file is named: `npm test -- test/local/kernel/clock.test.ts`.
const namesFiles = process.argv.slice(2).some((argument) => argument.endsWith(".ts") || existsSync(argument));

/** How every mocha run of this project is set: `npm test`, one file of it, and the long runs. */
module.exports = {
  "node-option": ["import=tsx"],
  ...(namesFiles ? {} : { spec: ["test/**/*.test.ts"] }),
  require: ["./test/support/root-hooks.ts"],
  // Ends a test that hangs, and nothing else: HANG_LIMIT_MS of local/kernel/hang-limit.ts. No test has a limit of its own.
  timeout: 600_000,
  reporter: "dot",
  parallel: true,
  jobs: 2,
};
