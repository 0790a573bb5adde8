/** What ended a program in this process, and was reported to its engine: as in the SDK's runner, it may come up once more as a rejection that nobody handles. */
export const reportedErrors = new WeakSet<object>();
