import type { StackPreview } from "./stack-preview.ts";

/** Deploys and previews stacks. */
export interface Rehearser {
  /** Description of the engine. */
  readonly label: string;
  /** Deploys a stack from the base. @returns its number of resources. Throws UserError. */
  up(stack: string, onProgress: (text: string) => void): Promise<number>;
  /** Previews a stack from the head, against what `up` made. Throws UserError. */
  preview(stack: string): Promise<StackPreview>;
  /** Lines for another shell, to continue by hand. */
  readonly accessLines: readonly string[];
  close(): Promise<void>;
}

export interface RehearserOptions {
  /** The project that is deployed. */
  readonly baseDir: string;
  /** The project that is previewed. */
  readonly headDir: string;
  readonly signal: AbortSignal;
}
