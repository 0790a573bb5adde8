import * as grpc from "@grpc/grpc-js";
import type { PluginAttach } from "@pulumi/pulumi/proto/plugin_pb.js";
import type * as messages from "@pulumi/pulumi/proto/provider_pb.js";
import { failureMessage } from "../../kernel/errors.ts";
import { Empty, pluginMessages, providerMessages } from "../../kernel/pulumi-protocol.ts";
import type { CheckedInputs, CheckWarning, Provider } from "../../resource-types/provider.ts";
import type { Properties, ResourceType } from "../../resource-types/resource-type.ts";
import { warningText } from "../../resource-types/warning-text.ts";
import type { EngineLog } from "./engine-log.ts";
import { readCheck, readDiff, readProperties, toDiffResponse, toFailures, toStruct } from "./messages.ts";
import { packageSchema } from "./package-schema.ts";

/** Nine bytes each at worst, of the 64 KiB that Node sends as one block of headers. */
const MAX_DETAILS_CHARACTERS = 6_000;

/** The provider instances of a server, by connection. */
export interface ProviderInstances {
  /** Version of the package, such as `7.48.0`. */
  readonly version: string;
  /** All resource types. */
  types(): Iterable<ResourceType>;
  /** Creates an instance for this connection, in place of its current one. */
  start(peer: string): Provider;
  /** Like `start`, for an engine that listens at an address; "" for none. */
  attach(peer: string, address: string): void;
  /** Log of the engine attached to the connection. */
  engineOf(peer: string): EngineLog | undefined;
  /** The connection's instance, if it has one. */
  find(peer: string): Provider | undefined;
  /** Drops the connection's instance. */
  end(peer: string): void;
}

/**
 * Pulumi's `ResourceProvider` service on top of the provider interface: converts messages to plain values and back.
 */
export function resourceProvider(instances: ProviderInstances): grpc.UntypedServiceImplementation {
  /** One call of a connection's instance; the engine prints the errors it throws. */
  const unary =
    <Q, A>(answer: (request: Q, provider: Provider, peer: string) => Promise<A>): grpc.handleUnaryCall<Q, A> =>
    (call, callback) => {
      const peer = call.getPeer();
      const provider = instances.find(peer);
      const result = provider
        ? answer(call.request, provider, peer)
        : Promise.reject(new Error("This provider instance has ended, or was never configured."));
      reply(result, callback);
    };
  return {
    attach: (call: grpc.ServerUnaryCall<PluginAttach, unknown>, callback: grpc.sendUnaryData<unknown>) => {
      instances.attach(call.getPeer(), call.request.getAddress());
      callback(null, new Empty());
    },
    getPluginInfo: (_call: unknown, callback: grpc.sendUnaryData<unknown>) => {
      const info = new pluginMessages.PluginInfo();
      info.setVersion(instances.version);
      callback(null, info);
    },
    getSchema: (_call: unknown, callback: grpc.sendUnaryData<unknown>) => {
      const response = new providerMessages.GetSchemaResponse();
      response.setSchema(JSON.stringify(packageSchema(instances.types(), instances.version)));
      callback(null, response);
    },
    cancel: (call: grpc.ServerUnaryCall<unknown, unknown>, callback: grpc.sendUnaryData<unknown>) => {
      instances.end(call.getPeer());
      callback(null, new Empty());
    },
    configure: (
      call: grpc.ServerUnaryCall<messages.ConfigureRequest, unknown>,
      callback: grpc.sendUnaryData<unknown>,
    ) => {
      reply(configure(instances.start(call.getPeer()), call.request), callback);
    },
    checkConfig: unary(async (request: messages.CheckRequest, provider) => {
      const asked = readCheck(request);
      return toCheckResponse(await provider.checkConfig(asked), asked.news);
    }),
    diffConfig: unary(async (request: messages.DiffRequest, provider) => {
      const { urn, oldInputs, olds, news } = readDiff(request);
      // Engines send the old configuration as inputs; older engines send it as state.
      const before = request.hasOldInputs() ? oldInputs : olds;
      return toDiffResponse(await provider.diffConfig({ urn, olds: before, news }));
    }),
    check: unary(async (request: messages.CheckRequest, provider, peer) => {
      const asked = readCheck(request);
      const checked = await provider.check(asked);
      await warn(instances.engineOf(peer), asked.urn, checked.warnings ?? []);
      return toCheckResponse(checked, asked.news);
    }),
    diff: unary(async (request: messages.DiffRequest, provider) =>
      toDiffResponse(await provider.diff(readDiff(request))),
    ),
    create: unary(async (request: messages.CreateRequest, provider) => {
      const { id, properties } = await provider.create({
        urn: request.getUrn(),
        properties: readProperties(request.getProperties()),
        preview: request.getPreview(),
      });
      const response = new providerMessages.CreateResponse();
      response.setId(id);
      response.setProperties(toStruct(properties));
      return response;
    }),
    read: unary(async (request: messages.ReadRequest, provider) => {
      const { id, properties, inputs } = await provider.read({
        urn: request.getUrn(),
        id: request.getId(),
        properties: readProperties(request.getProperties()),
        inputs: readProperties(request.getInputs()),
      });
      const response = new providerMessages.ReadResponse();
      // Properties, even empty ones, tell an engine that the resource exists.
      if (id === "") return response;
      response.setId(id);
      response.setProperties(toStruct(properties));
      response.setInputs(toStruct(inputs));
      return response;
    }),
    update: unary(async (request: messages.UpdateRequest, provider) => {
      const { properties } = await provider.update({
        urn: request.getUrn(),
        id: request.getId(),
        olds: readProperties(request.getOlds()),
        oldInputs: readProperties(request.getOldInputs()),
        news: readProperties(request.getNews()),
        preview: request.getPreview(),
      });
      const response = new providerMessages.UpdateResponse();
      response.setProperties(toStruct(properties));
      return response;
    }),
    delete: unary(async (request: messages.DeleteRequest, provider) => {
      const properties = readProperties(request.getProperties());
      await provider.delete({ urn: request.getUrn(), id: request.getId(), properties });
      return new Empty();
    }),
    invoke: unary(async (request: messages.InvokeRequest, provider) => {
      const answer = await provider.invoke({ tok: request.getTok(), args: readProperties(request.getArgs()) });
      const response = new providerMessages.InvokeResponse();
      response.setReturn(toStruct(answer.return));
      response.setFailuresList(toFailures(answer.failures));
      return response;
    }),
  };
}

/**
 * Warns through the engine, before the answer, after which the engine may exit. Without an engine the warning is
 * printed by the local cloud.
 */
async function warn(engine: EngineLog | undefined, urn: string, warnings: readonly CheckWarning[]): Promise<void> {
  for (const warning of warnings) {
    const text = warningText(urn, warning);
    const isTaken = await engine?.warn(urn, text).then(
      () => true,
      () => false,
    );
    if (!isTaken) console.warn(`warning: ${text}`);
  }
}

async function configure(provider: Provider, request: messages.ConfigureRequest): Promise<messages.ConfigureResponse> {
  const abilities = await provider.configure({ args: readProperties(request.getArgs()) });
  const response = new providerMessages.ConfigureResponse();
  response.setAcceptsecrets(abilities.acceptSecrets);
  response.setAcceptoutputs(abilities.acceptOutputs);
  response.setAcceptresources(abilities.acceptResources);
  response.setSupportspreview(abilities.supportsPreview);
  response.setSupportsAutonamingConfiguration(abilities.supportsAutonamingConfiguration);
  return response;
}

function toCheckResponse({ inputs, failures }: CheckedInputs, given: Properties): messages.CheckResponse {
  const response = new providerMessages.CheckResponse();
  response.setInputs(toStruct(inputs));
  response.setFailuresList(toFailures(failures, given));
  return response;
}

function reply<A>(result: Promise<A>, callback: grpc.sendUnaryData<A>): void {
  result.then(
    (response) => callback(null, response),
    (error: unknown) => {
      callback({ code: grpc.status.UNKNOWN, details: asDetails(failureMessage(error)) });
    },
  );
}

/**
 * The message of a gRPC status. It is sent percent-encoded in a trailer: if it exceeded HTTP/2's header limit the call
 * would get no answer, and half a surrogate pair cannot be encoded.
 */
function asDetails(message: string): string {
  const rest = message.length - MAX_DETAILS_CHARACTERS;
  const text = rest > 0 ? `${message.slice(0, MAX_DETAILS_CHARACTERS)}… (${rest} more characters)` : message;
  return Buffer.from(text, "utf8").toString("utf8");
}
