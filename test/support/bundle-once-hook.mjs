const components = new URL("../../components/", import.meta.url).href;

/** Gives the components test/support/bundle-once.ts where they import esbuild. */
export async function resolve(specifier, context, next) {
  if (specifier !== "esbuild" || !context.parentURL?.startsWith(components)) return next(specifier, context);
  return next(new URL("./bundle-once.ts", import.meta.url).href, context);
}
