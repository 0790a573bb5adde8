const { existsSync } = require("node:fs");

// mocha adds `spec` to what the command line names, so it is left out when a file is named: `npm test -- test/local/kernel/clock.test.ts`.
const namesFiles = process.argv.slice(2).some((argument) => argument.endsWith(".ts") || existsSync(argument));

/** How every mocha run of this project is set: `npm test`, one file of it, and the long runs. */
module.exports = {
  // Most objects live for one test: with a larger young generation (MiB) and a later first collection of the old one,
  // garbage collection takes a tenth less of the processor time. Most code runs for some tests only: when V8 optimizes
  // a function after 1,000,000 bytes of executed bytecode instead of 67,584, the tests take a twelfth less.
  "node-option": ["import=tsx", "max-semi-space-size=64", "initial-old-space-size=1000", "interrupt-budget=1000000"],
  ...(namesFiles ? {} : { spec: ["test/**/*.test.ts"] }),
  require: ["./test/support/root-hooks.ts"],
  // Ends a test that hangs, and nothing else: HANG_LIMIT_MS of local/kernel/hang-limit.ts. No test has a limit of its own.
  timeout: 600_000,
  reporter: "dot",
  parallel: true,
  jobs: 2,
};
