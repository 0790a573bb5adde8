import * as grpc from "@grpc/grpc-js";
import type { CheckRequest as CheckMessage, DiffRequest as DiffMessage } from "@pulumi/pulumi/proto/provider_pb.js";
import {
  Empty,
  MAX_MESSAGE_BYTES,
  pluginMessages,
  providerMessages,
  providerServices,
  Struct,
} from "../../local/kernel/pulumi-protocol.ts";
import type {
  CheckedInputs,
  CheckFailure,
  CheckRequest,
  DiffRequest,
  DiffResult,
  PropertyChange,
  Provider,
  ProviderAbilities,
  ReadResult,
  UpdateRequest,
} from "../../local/resource-types/provider.ts";
import type { Properties } from "../../local/resource-types/resource-type.ts";
import { isRawAsset, isRecord, mapValues, SIGNATURE_KEY } from "../../local/resource-types/wire-values.ts";

const { ResourceProviderClient, ResourceProviderService: service } = providerServices;

/** An error answer of a provider; an engine prints `message`. */
export class ProviderCallError extends Error {
  readonly code: grpc.status;

  constructor({ code, details }: grpc.ServiceError) {
    super(details);
    this.code = code;
  }
}

/**
 * One provider instance from an engine's point of view: its own connection to a provider's port. Values are sent like
 * the pulumi CLI's: known assets by their hash alone.
 */
export class GrpcProvider implements Provider {
  readonly #client: InstanceType<typeof ResourceProviderClient>;
  #ready: Promise<void> | undefined;
  readonly #isAttachedFirst: boolean;

  /** @param options.isAttachedFirst whether to call `attach` before the first call; otherwise the caller does. */
  constructor(port: number, options: { readonly isAttachedFirst?: boolean } = {}) {
    this.#isAttachedFirst = options.isAttachedFirst ?? false;
    this.#client = new ResourceProviderClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure(), {
      "grpc.use_local_subchannel_pool": 1,
      "grpc.max_receive_message_length": MAX_MESSAGE_BYTES,
      "grpc.max_send_message_length": MAX_MESSAGE_BYTES,
    });
  }

  async handshake(): Promise<void> {
    await this.#send(service.handshake, new providerMessages.ProviderHandshakeRequest());
  }

  /** @param address of the engine's service; default: none. */
  async attach(address = ""): Promise<void> {
    const message = new pluginMessages.PluginAttach();
    message.setAddress(address);
    await this.#send(service.attach, message);
  }

  /** The version that the provider reports. */
  async pluginVersion(): Promise<string> {
    return (await this.#send(service.getPluginInfo, new Empty())).getVersion();
  }

  async cancel(): Promise<void> {
    await this.#send(service.cancel, new Empty());
  }

  /** Closes the connection; open calls fail. */
  close(): void {
    this.#client.close();
  }

  async checkConfig(request: { urn: string; olds?: Properties; news: Properties }): Promise<CheckedInputs> {
    return readChecked(await this.#call(service.checkConfig, toCheck(request)));
  }

  async diffConfig(request: { urn: string; olds: Properties; news: Properties }): Promise<DiffResult> {
    return readDiffed(await this.#call(service.diffConfig, toDiff({ ...request, id: "", oldInputs: request.olds })));
  }

  /** @param request.urn of the provider resource, and its id: the CLI sends both, and providers may ignore them. */
  async configure(request: { args: Properties; urn?: string; id?: string }): Promise<ProviderAbilities> {
    const message = new providerMessages.ConfigureRequest();
    message.setArgs(struct(request.args));
    message.setUrn(request.urn ?? "");
    message.setId(request.id ?? "");
    message.setAcceptsecrets(true);
    message.setAcceptresources(true);
    message.setSendsOldInputs(true);
    message.setSendsOldInputsToDelete(true);
    const answer = await this.#call(service.configure, message);
    return {
      acceptSecrets: answer.getAcceptsecrets(),
      acceptOutputs: answer.getAcceptoutputs(),
      acceptResources: answer.getAcceptresources(),
      supportsPreview: answer.getSupportspreview(),
      supportsAutonamingConfiguration: answer.getSupportsAutonamingConfiguration(),
    } as ProviderAbilities;
  }

  async check(request: CheckRequest): Promise<CheckedInputs> {
    return readChecked(await this.#call(service.check, toCheck(request)));
  }

  async diff(request: DiffRequest): Promise<DiffResult> {
    return readDiffed(await this.#call(service.diff, toDiff(request)));
  }

  async create(request: { urn: string; properties: Properties; preview?: boolean }): Promise<{
    id: string;
    properties: Properties;
  }> {
    const message = addressed(new providerMessages.CreateRequest(), request.urn);
    message.setProperties(struct(request.properties));
    message.setPreview(request.preview ?? false);
    const answer = await this.#call(service.create, message);
    return { id: answer.getId(), properties: values(answer.getProperties()) };
  }

  async read(request: { urn: string; id: string; properties?: Properties; inputs?: Properties }): Promise<ReadResult> {
    const message = addressed(new providerMessages.ReadRequest(), request.urn);
    message.setId(request.id);
    message.setProperties(struct(withHashesOnly(request.properties ?? {})));
    message.setInputs(struct(withHashesOnly(request.inputs ?? {})));
    const answer = await this.#call(service.read, message);
    if (answer.getId() === "" && (answer.hasProperties() || answer.hasInputs())) {
      throw new Error(
        "The answer has properties and no id: an engine that imports takes that for a resource that is there.",
      );
    }
    return { id: answer.getId(), properties: values(answer.getProperties()), inputs: values(answer.getInputs()) };
  }

  async update(request: UpdateRequest): Promise<{ properties: Properties }> {
    const message = addressed(new providerMessages.UpdateRequest(), request.urn);
    message.setId(request.id);
    message.setOlds(struct(withHashesOnly(request.olds)));
    message.setOldInputs(struct(withHashesOnly(request.oldInputs ?? {})));
    message.setNews(struct(request.news));
    message.setPreview(request.preview ?? false);
    return { properties: values((await this.#call(service.update, message)).getProperties()) };
  }

  async delete(request: { urn: string; id: string; properties: Properties; oldInputs?: Properties }): Promise<void> {
    const message = addressed(new providerMessages.DeleteRequest(), request.urn);
    message.setId(request.id);
    message.setProperties(struct(withHashesOnly(request.properties)));
    message.setOldInputs(struct(withHashesOnly(request.oldInputs ?? {})));
    await this.#call(service.delete, message);
  }

  async invoke(request: { tok: string; args: Properties }): Promise<{
    return: Properties;
    failures: readonly CheckFailure[];
  }> {
    const message = new providerMessages.InvokeRequest();
    message.setTok(request.tok);
    message.setArgs(struct(request.args));
    const answer = await this.#call(service.invoke, message);
    return { return: values(answer.getReturn()), failures: readFailures(answer.getFailuresList()) };
  }

  /** A call with these raw bytes as its message. @param method such as `Check`. */
  async sendBytes(method: string, bytes: Buffer): Promise<Buffer> {
    const asIs = (same: Buffer) => same;
    const path = `/pulumirpc.ResourceProvider/${method}`;
    return this.#send({ path, requestSerialize: asIs, responseDeserialize: asIs }, bytes);
  }

  async #call<Q, A>(method: WireMethod<Q, A>, request: Q): Promise<A> {
    if (this.#isAttachedFirst) this.#ready ??= this.attach();
    await this.#ready;
    return this.#send(method, request);
  }

  #send<Q, A>({ path, requestSerialize, responseDeserialize }: WireMethod<Q, A>, request: Q): Promise<A> {
    return new Promise((resolve, reject) => {
      this.#client.makeUnaryRequest(path, requestSerialize, responseDeserialize, request, (error, answer) => {
        if (error) reject(new ProviderCallError(error));
        else resolve(answer as A);
      });
    });
  }
}

/** The members of a method's definition that a call needs. */
type WireMethod<Q, A> = Pick<grpc.MethodDefinition<Q, A>, "path" | "requestSerialize" | "responseDeserialize">;

/** Like the CLI sends known values: assets by signature and hash. */
function withHashesOnly<T>(value: T): T {
  const strip = (current: unknown): unknown => {
    if (isRawAsset(current)) return { [SIGNATURE_KEY]: current[SIGNATURE_KEY], hash: current["hash"] };
    if (Array.isArray(current)) return current.map(strip);
    return isRecord(current) ? mapValues(current, strip) : current;
  };
  return strip(value) as T;
}

function toCheck({ urn, olds, news, randomSeed, autonaming }: CheckRequest): CheckMessage {
  const message = addressed(new providerMessages.CheckRequest(), urn);
  message.setOlds(struct(olds ?? {}));
  message.setNews(struct(news));
  if (randomSeed) message.setRandomseed(randomSeed);
  if (autonaming) {
    const { AutonamingOptions } = providerMessages.CheckRequest;
    const options = new AutonamingOptions();
    const modes = {
      propose: AutonamingOptions.Mode.PROPOSE,
      enforce: AutonamingOptions.Mode.ENFORCE,
      disable: AutonamingOptions.Mode.DISABLE,
    };
    options.setMode(modes[autonaming.mode]);
    options.setProposedName(autonaming.proposedName);
    message.setAutonaming(options);
  }
  return message;
}

function toDiff({ urn, id, olds, oldInputs, news, ignoreChanges }: DiffRequest): DiffMessage {
  const message = addressed(new providerMessages.DiffRequest(), urn);
  message.setId(id);
  message.setOlds(struct(withHashesOnly(olds)));
  message.setOldInputs(struct(withHashesOnly(oldInputs)));
  message.setNews(struct(withHashesOnly(news)));
  message.setIgnorechangesList([...(ignoreChanges ?? [])]);
  return message;
}

function readChecked(answer: {
  getInputs(): StructLike | undefined;
  getFailuresList(): readonly FailureLike[];
}): CheckedInputs {
  return { inputs: values(answer.getInputs()), failures: readFailures(answer.getFailuresList()) };
}

function readDiffed(answer: InstanceType<typeof providerMessages.DiffResponse>): DiffResult {
  const { DiffChanges } = providerMessages.DiffResponse;
  return {
    changes: answer.getChanges() === DiffChanges.DIFF_SOME ? "some" : "none",
    diffs: answer.getDiffsList(),
    replaces: answer.getReplacesList(),
    deleteBeforeReplace: answer.getDeletebeforereplace(),
    detailedDiff: [...answer.getDetaileddiffMap().entries()].map(([path, detail]) =>
      readChange(path, detail.getKind()),
    ),
  };
}

/** The values of PropertyDiff.Kind come in pairs: in place, and in a replacement. */
function readChange(path: string, kind: number): PropertyChange {
  const names = ["add", "delete", "update"] as const;
  return { path, kind: names[Math.floor(kind / 2)] ?? "update", isReplacement: kind % 2 === 1 };
}

interface StructLike {
  toJavaScript(): Properties;
}

interface FailureLike {
  getProperty(): string;
  getReason(): string;
}

function values(message: StructLike | undefined): Properties {
  return message?.toJavaScript() ?? {};
}

function readFailures(failures: readonly FailureLike[]): CheckFailure[] {
  return failures.map((failure) => ({ property: failure.getProperty(), reason: failure.getReason() }));
}

function struct(properties: Properties) {
  return Struct.fromJavaScript(properties as Parameters<typeof Struct.fromJavaScript>[0]);
}

/** Sets the resource of a message: its URN, and the parts of the URN that the CLI sends too. */
function addressed<
  M extends { setUrn(value: string): unknown; setName(value: string): unknown; setType(value: string): unknown },
>(message: M, urn: string): M {
  const [, , types = "", ...name] = urn.split("::");
  message.setUrn(urn);
  message.setType(types.split("$").at(-1) ?? "");
  message.setName(name.join("::"));
  return message;
}
