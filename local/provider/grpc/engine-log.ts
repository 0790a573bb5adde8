import * as grpc from "@grpc/grpc-js";
import { engineMessages, engineServices } from "../../pulumi-protocol.ts";

/** Milliseconds after which an engine that does not take a warning is given up. */
const DEADLINE_MS = 60_000;

/** The engine that attached itself to a provider: what a provider has to say beside its answers goes there. */
export class EngineLog {
  readonly #client: InstanceType<typeof engineServices.EngineClient>;

  /** @param address host and port. */
  constructor(address: string) {
    this.#client = new engineServices.EngineClient(address, grpc.credentials.createInsecure());
  }

  /** Prints a warning under a resource. Rejects when the engine does not take it. */
  warn(urn: string, message: string): Promise<void> {
    const request = new engineMessages.LogRequest();
    request.setSeverity(engineMessages.LogSeverity.WARNING);
    request.setUrn(urn);
    request.setMessage(message);
    const options = { deadline: Date.now() + DEADLINE_MS };
    return new Promise((resolve, reject) => {
      this.#client.log(request, new grpc.Metadata(), options, (error) => (error ? reject(error) : resolve()));
    });
  }

  close(): void {
    this.#client.close();
  }
}
