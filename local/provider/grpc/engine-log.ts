import * as grpc from "@grpc/grpc-js";
import { HANG_LIMIT_MS } from "../../kernel/hang-limit.ts";
import { engineMessages, engineServices } from "../../kernel/pulumi-protocol.ts";

/** The log of the engine that attached to a provider, for messages besides the provider's answers. */
export class EngineLog {
  readonly #client: InstanceType<typeof engineServices.EngineClient>;

  /** @param address host and port. */
  constructor(address: string) {
    this.#client = new engineServices.EngineClient(address, grpc.credentials.createInsecure());
  }

  /** Logs a warning for a resource. Rejects when the engine cannot be reached. */
  warn(urn: string, message: string): Promise<void> {
    const request = new engineMessages.LogRequest();
    request.setSeverity(engineMessages.LogSeverity.WARNING);
    request.setUrn(urn);
    request.setMessage(message);
    const options = { deadline: Date.now() + HANG_LIMIT_MS };
    return new Promise((resolve, reject) => {
      this.#client.log(request, new grpc.Metadata(), options, (error) => (error ? reject(error) : resolve()));
    });
  }

  close(): void {
    this.#client.close();
  }
}
