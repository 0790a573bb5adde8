/**
 * Errors that ended a program in this process and were reported to its engine. As in the SDK's runner, they can occur
 * again as unhandled rejections.
 */
export const reportedErrors = new WeakSet<object>();
