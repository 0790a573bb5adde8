import { readSettings } from "./config.ts";
import { deploy } from "./stacks/deploy.ts";

/** Config in, one stack deployed, outputs out. */
export default async () => deploy(readSettings());
