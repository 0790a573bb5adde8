import type { StackPreview } from "./stack-preview.ts";

/** What brings stacks up and previews them. */
export interface Rehearser {
  /** What it is, in words. */
  readonly label: string;
  /** Deploys a stack from the base. @returns how many resources it has. Throws UserError. */
  up(stack: string, onProgress: (text: string) => void): Promise<number>;
  /** Previews a stack from the head, against what `up` made. Throws UserError. */
  preview(stack: string): Promise<StackPreview>;
  /** Lines for another shell, to go on by hand. */
  readonly accessLines: readonly string[];
  close(): Promise<void>;
}

export interface RehearserOptions {
  /** The project as it is deployed. */
  readonly baseDir: string;
  /** The project as it is previewed. */
  readonly headDir: string;
  readonly signal: AbortSignal;
}
