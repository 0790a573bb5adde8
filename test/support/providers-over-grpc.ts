import type { Cloud } from "../../local/cloud.ts";
import { ProviderServer } from "../../local/provider/grpc/provider-server.ts";
import { LocalProvider } from "../../local/provider/local-provider.ts";
import type { Provider } from "../../local/resource-types/provider.ts";
import { GrpcProvider } from "./grpc-provider.ts";
import { comparable, type RecordedCall, recorded } from "./recorded-provider.ts";

/** Providers for the embedded engine at the remote end of a connection, as for the pulumi CLI. */
export interface ProvidersOverGrpc {
  /** For the engine's options. */
  readonly newProvider: () => Provider;
  /**
   * Calls and answers since the last time, recorded at the engine and at the providers: equal if the conversion loses
   * nothing.
   */
  takeCalls(): { readonly atEngine: readonly RecordedCall[]; readonly atProvider: readonly RecordedCall[] };
  close(): Promise<void>;
}

/** Serves a cloud's providers on a port. @param baseDir base of relative asset paths. */
export async function serveProviders(cloud: Cloud, baseDir: string): Promise<ProvidersOverGrpc> {
  const atEngine: RecordedCall[] = [];
  const atProvider: RecordedCall[] = [];
  const clients: GrpcProvider[] = [];
  const server = new ProviderServer({
    newProvider: () => recorded(new LocalProvider({ cloud, baseDir }), atProvider),
    types: [],
    version: "0.0.0",
  });
  const port = await server.listen(0);
  return {
    newProvider() {
      const client = new GrpcProvider(port, { isAttachedFirst: true });
      clients.push(client);
      return recorded(client, atEngine);
    },
    takeCalls: () => ({ atEngine: comparable(atEngine.splice(0)), atProvider: comparable(atProvider.splice(0)) }),
    async close() {
      for (const client of clients) client.close();
      await server.close();
    },
  };
}
