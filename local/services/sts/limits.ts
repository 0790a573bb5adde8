/** Duration of a session, in seconds, unless the caller wants another (STS API reference, AssumeRole). */
export const DEFAULT_SESSION_SECONDS = 3_600;
