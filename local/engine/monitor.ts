import * as grpc from "@grpc/grpc-js";
import type { LogRequest } from "@pulumi/pulumi/proto/engine_pb.js";
import type {
  ReadResourceRequest,
  RegisterResourceOutputsRequest,
  RegisterResourceRequest,
  ResourceInvokeRequest,
} from "@pulumi/pulumi/proto/resource_pb.js";
import type { Struct as StructMessage } from "google-protobuf/google/protobuf/struct_pb.js";
import {
  Empty,
  engineMessages,
  engineServices,
  MAX_MESSAGE_BYTES,
  providerMessages,
  resourceMessages,
  resourceServices,
  Struct,
} from "../kernel/pulumi-protocol.ts";
import type { CheckFailure } from "../resource-types/provider.ts";
import type { Properties } from "../resource-types/resource-type.ts";

/** A resource that the program registers. */
export interface Registration {
  readonly type: string;
  readonly name: string;
  /** URN of the parent; "" for the Stack. */
  readonly parent: string;
  readonly isCustom: boolean;
  readonly isRemote: boolean;
  readonly inputs: Properties;
  /** `<urn>::<id>` of an explicit provider, or "". */
  readonly provider: string;
  /** For a component: explicit providers by package. */
  readonly providers: ReadonlyMap<string, string>;
  readonly dependencies: readonly string[];
  /** URNs of the resources that each input comes from. */
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  readonly aliases: readonly string[];
  readonly importId: string;
  readonly isProtected: boolean;
  readonly isRetainedOnDelete: boolean;
  /** Undefined when the program does not set it. */
  readonly isDeletedBeforeReplace: boolean | undefined;
  readonly ignoreChanges: readonly string[];
  readonly replaceOnChanges: readonly string[];
  readonly additionalSecretOutputs: readonly string[];
}

/** A resource that the program reads (`get`). */
export interface Reading {
  readonly type: string;
  readonly name: string;
  readonly id: string;
  readonly parent: string;
  readonly provider: string;
  readonly inputs: Properties;
  readonly dependencies: readonly string[];
  readonly additionalSecretOutputs: readonly string[];
}

export interface LogMessage {
  readonly severity: "debug" | "info" | "warning" | "error";
  readonly message: string;
  readonly urn: string;
}

/** The calls of a running program. A promise that stays pending leaves the program's call unanswered. */
export interface ProgramCalls {
  registerResource(registration: Registration): Promise<{ urn: string; id: string; outputs: Properties }>;
  readResource(reading: Reading): Promise<{ urn: string; outputs: Properties }>;
  /** A rejection becomes an error in the program, which it can catch. */
  invoke(request: { token: string; provider: string; args: Properties }): Promise<{
    result: Properties;
    failures: readonly CheckFailure[];
  }>;
  registerOutputs(urn: string, outputs: Properties): Promise<void>;
  log(message: LogMessage): void;
}

/** A program's ResourceMonitor and Engine on a loopback port. */
export interface Monitor {
  /** `127.0.0.1:<port>` */
  readonly address: string;
  close(): void;
}

const severities = ["debug", "info", "warning", "error"] as const;

/**
 * The methods of one of Pulumi's gRPC services by name, from protobuf request to answer. A rejection becomes the
 * caller's error.
 */
export type ServiceCalls = Readonly<Record<string, (request: never) => Promise<unknown>>>;

/** Pulumi's ResourceMonitor and Engine for one program. */
export function programServices(calls: ProgramCalls): {
  readonly resourceMonitor: ServiceCalls;
  readonly engine: ServiceCalls;
} {
  return { resourceMonitor: resourceMonitor(calls), engine: engine(calls) };
}

/** Serves Pulumi's ResourceMonitor and Engine to one program. */
export async function startMonitor(calls: ProgramCalls): Promise<Monitor> {
  const server = new grpc.Server({
    "grpc.max_receive_message_length": MAX_MESSAGE_BYTES,
    "grpc.max_send_message_length": MAX_MESSAGE_BYTES,
  });
  const services = programServices(calls);
  server.addService(resourceServices.ResourceMonitorService, overGrpc(services.resourceMonitor));
  server.addService(engineServices.EngineService, overGrpc(services.engine));
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  return { address: `127.0.0.1:${port}`, close: () => server.forceShutdown() };
}

function resourceMonitor(calls: ProgramCalls): ServiceCalls {
  return {
    supportsFeature: async (request: { getId(): string }) => {
      const response = new resourceMessages.SupportsFeatureResponse();
      response.setHassupport(request.getId() === "secrets");
      return response;
    },
    getDeploymentInfo: async () => {
      const response = new resourceMessages.DeploymentInfo();
      response.setSupportedfeaturesList([resourceMessages.ResourceMonitorFeature.RESOURCE_MONITOR_FEATURE_SECRETS]);
      return response;
    },
    registerResource: async (request: RegisterResourceRequest) => {
      const { urn, id, outputs } = await calls.registerResource(readRegistration(request));
      const response = new resourceMessages.RegisterResourceResponse();
      response.setUrn(urn);
      response.setId(id);
      response.setObject(struct(outputs));
      return response;
    },
    readResource: async (request: ReadResourceRequest) => {
      const { urn, outputs } = await calls.readResource(readReading(request));
      const response = new resourceMessages.ReadResourceResponse();
      response.setUrn(urn);
      response.setProperties(struct(outputs));
      return response;
    },
    invoke: async (request: ResourceInvokeRequest) => {
      const { result, failures } = await calls.invoke({
        token: request.getTok(),
        provider: request.getProvider(),
        args: properties(request.getArgs()),
      });
      const response = new resourceMessages.ResourceInvokeResponse();
      response.setReturn(struct(result));
      response.setFailuresList(
        failures.map(({ property, reason }) => {
          const failure = new providerMessages.CheckFailure();
          failure.setProperty(property);
          failure.setReason(reason);
          return failure;
        }),
      );
      return response;
    },
    registerResourceOutputs: async (request: RegisterResourceOutputsRequest) => {
      await calls.registerOutputs(request.getUrn(), properties(request.getOutputs()));
      return new Empty();
    },
    signalAndWaitForShutdown: async () => new Empty(),
    call: async (request: { getTok(): string }) => refuse(`the method ${request.getTok()}`),
    existsResource: async (request: { getType(): string }) => refuse(`exists() of ${request.getType()}`),
    registerPackage: async (request: { getName(): string }) => refuse(`the package ${request.getName()}`),
    registerResourceHook: async () => refuse("resource hooks"),
    registerErrorHook: async () => refuse("error hooks"),
    registerStackTransform: async () => refuse("stack transforms"),
    registerStackInvokeTransform: async () => refuse("invoke transforms"),
  };
}

function engine(calls: ProgramCalls): ServiceCalls {
  let rootUrn = "";
  return {
    log: async (request: LogRequest) => {
      calls.log({
        severity: severities[request.getSeverity()] ?? "info",
        message: request.getMessage(),
        urn: request.getUrn(),
      });
      return new Empty();
    },
    getRootResource: async () => {
      const response = new engineMessages.GetRootResourceResponse();
      response.setUrn(rootUrn);
      return response;
    },
    setRootResource: async (request: { getUrn(): string }) => {
      rootUrn = request.getUrn();
      return new engineMessages.SetRootResourceResponse();
    },
    requirePulumiVersion: async () => new engineMessages.RequirePulumiVersionResponse(),
    startDebugging: async () => new Empty(),
  };
}

function overGrpc(calls: ServiceCalls): grpc.UntypedServiceImplementation {
  return Object.fromEntries(Object.entries(calls).map(([name, answer]) => [name, unary(answer as Answer)]));
}

type Answer = (request: unknown) => Promise<unknown>;

function unary(answer: Answer): grpc.handleUnaryCall<unknown, unknown> {
  return (call, callback) => {
    answer(call.request).then(
      (response) => callback(null, response),
      (error: unknown) => {
        const details = error instanceof Error ? error.message : String(error);
        callback({ code: grpc.status.UNKNOWN, details });
      },
    );
  };
}

function refuse(what: string): never {
  throw new Error(`The local cloud does not support ${what}.`);
}

function readRegistration(request: RegisterResourceRequest): Registration {
  return {
    type: request.getType(),
    name: request.getName(),
    parent: request.getParent(),
    isCustom: request.getCustom(),
    isRemote: request.getRemote(),
    inputs: properties(request.getObject()),
    provider: request.getProvider(),
    providers: new Map(request.getProvidersMap().entries()),
    dependencies: request.getDependenciesList(),
    propertyDependencies: Object.fromEntries(
      [...request.getPropertydependenciesMap().entries()].map(([input, sources]) => [input, sources.getUrnsList()]),
    ),
    aliases: request.getAliasurnsList(),
    importId: request.getImportid(),
    isProtected: request.getProtect() ?? false,
    isRetainedOnDelete: request.getRetainondelete() ?? false,
    isDeletedBeforeReplace: request.getDeletebeforereplacedefined() ? request.getDeletebeforereplace() : undefined,
    ignoreChanges: request.getIgnorechangesList(),
    replaceOnChanges: request.getReplaceonchangesList(),
    additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
  };
}

function readReading(request: ReadResourceRequest): Reading {
  return {
    type: request.getType(),
    name: request.getName(),
    id: request.getId(),
    parent: request.getParent(),
    provider: request.getProvider(),
    inputs: properties(request.getProperties()),
    dependencies: request.getDependenciesList(),
    additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
  };
}

function properties(message: StructMessage | undefined): Properties {
  return message?.toJavaScript() ?? {};
}

function struct(values: Properties): StructMessage {
  return Struct.fromJavaScript(values as Parameters<typeof Struct.fromJavaScript>[0]);
}
