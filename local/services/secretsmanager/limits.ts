/** Days from DeleteSecret to the end (API reference, DeleteSecret). */
export const RECOVERY_WINDOW_DAYS = { min: 7, max: 30, usual: 30 } as const;
/** Elements of a page, unless the caller wants fewer (API reference, ListSecrets). */
export const PAGE_SIZE = 100;
/** Longest name (API reference, CreateSecret). */
export const MAX_NAME_CHARACTERS = 512;
/** Characters of a name (API reference, CreateSecret; the refusal, which localstack recorded on AWS, has "!" too). */
export const NAME = /^[\w/+=.@!-]{1,512}$/;
