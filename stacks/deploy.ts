import type * as pulumi from "@pulumi/pulumi";
import { Account, type Settings } from "../config.ts";
import { deployPoc } from "./poc.ts";
import { deployProd } from "./prod.ts";

/** Deploys the account that the settings are of; its outputs are the stack's. */
export async function deploy(settings: Settings): Promise<Record<string, pulumi.Input<unknown>>> {
  switch (settings.account) {
    case Account.Prod:
      return { ...(await deployProd(settings)) };
    case Account.Poc:
      return { ...deployPoc(settings) };
  }
}
