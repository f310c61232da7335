// The build as a step of other scripts.
import { Failure } from './steps.mjs';

/** Builds dist/ for production; rejects where a bundle's entry is missing. */
export async function build() {
  // Loaded here and not above: on a fresh clone esbuild is installed only by an earlier step.
  const { buildProducts } = await import('../esbuild.mjs');
  const missing = await buildProducts({ mode: 'production' });
  if (missing.length > 0) throw new Failure(`${missing.join(', ')}: no such file, so its bundle was not built.`);
}
