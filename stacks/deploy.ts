import type * as pulumi from "@pulumi/pulumi";
import { Account } from "../config/stack-keys.ts";
import type { Settings } from "../config.ts";
import { deployPoc } from "./poc.ts";
import { deployProd } from "./prod.ts";

/** Deploys the resources of the settings' account, and returns the stack's outputs. */
export async function deploy(settings: Settings): Promise<Record<string, pulumi.Input<unknown>>> {
  switch (settings.account) {
    case Account.Prod:
      return { ...(await deployProd(settings)) };
    case Account.Poc:
      return { ...deployPoc(settings) };
  }
}
