import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { generateConfig } from '../harness/generateConfig.ts';

/** A common generator lies beside this checkout in some places; its texts compare with figures taken elsewhere. */
const shared = '../shared/tools/genconfig.mjs';

/** Makes the benchmarks' config of about that many characters, and says where it comes from. */
export async function benchConfigs(): Promise<{ readonly source: string; readonly make: (size: number) => string }> {
  if (!existsSync(shared)) return { source: 'test/harness/generateConfig.ts', make: size => generateConfig(size) };
  const { generate } = (await import(pathToFileURL(shared).href)) as { generate: (size: number) => string };
  return { source: shared, make: size => generate(size) };
}

/** The value below which that share (0 to 1) of the samples lies. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/**
 * How long a call kept its thread busy, in milliseconds: the less of what the clock says, which counts other work on the
 * machine, and of the processor's time, which counts what other threads compile and sweep meanwhile.
 */
export function busyTime(call: () => void): number {
  const [start, before] = [performance.now(), process.cpuUsage()];
  call();
  const { user, system } = process.cpuUsage(before);
  return Math.min(performance.now() - start, (user + system) / 1000);
}

/** How long each of several calls took, in milliseconds. */
export function timed(times: number, call: (index: number) => void): number[] {
  return Array.from({ length: times }, (_, index) => {
    const start = performance.now();
    call(index);
    return performance.now() - start;
  });
}
