import { readSettings } from "./config.ts";
import { deploy } from "./stacks/deploy.ts";

/** Reads the configuration, deploys one stack, returns its outputs. */
export default async () => deploy(readSettings());
