import type { AuthDialect, HttpRequest, Service } from "../kernel/service.ts";

/**
 * The probable service of an unsigned request, by its form, which decides the wording of the refusal. Undefined when no
 * service takes such requests.
 */
export function guessService(request: HttpRequest, services: readonly Service[]): Service | undefined {
  const ofDialect = (dialect: AuthDialect) => services.find(({ wire }) => wire.dialect === dialect);
  const target = request.headers["x-amz-target"];
  if (target !== undefined) return services.find((service) => hasTarget(service, target)) ?? ofDialect("json");
  const type = request.headers["content-type"] ?? "";
  const form = new URLSearchParams(
    type.startsWith("application/x-www-form-urlencoded") ? request.body.toString("utf8") : request.query,
  );
  if (form.has("Action")) {
    const version = form.get("Version") ?? "";
    return services.find(({ wire }) => wire.queryVersion === version) ?? ofDialect("query");
  }
  const byPath = services.find(({ wire }) => wire.paths?.test(request.path));
  return byPath ?? services.find(({ wire }) => wire.isAnonymousAllowed);
}

/** The service of requests with this signing name. Services that share a signing name differ in their targets. */
export function signedService(request: HttpRequest, name: string, services: readonly Service[]): Service | undefined {
  const target = request.headers["x-amz-target"] ?? "";
  const sharing = services.filter(({ wire }) => wire.signingName === name);
  return sharing.find((service) => hasTarget(service, target)) ?? services.find((service) => service.name === name);
}

function hasTarget({ wire }: Service, target: string): boolean {
  return wire.targets?.some((prefix) => target.startsWith(prefix)) ?? false;
}
