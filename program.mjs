/** What Pulumi runs (Pulumi.yaml, `main`): the program, index.ts. */
import { importTypescript } from "./load-typescript.mjs";

export default (await importTypescript("index.ts")).default;
