/** Gives the components test/support/bundle-once.ts where they import esbuild. */
export async function resolve(specifier, context, next) {
  if (specifier !== "esbuild" || !context.parentURL?.includes("/components/")) return next(specifier, context);
  return next(new URL("./bundle-once.ts", import.meta.url).href, context);
}
