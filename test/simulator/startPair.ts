import type { Passwords } from './node/accounts.ts';
import { guiEndpoint, Network } from './node/network.ts';
import { SimulatedNode } from './node/simulatedNode.ts';
import { type ReleaseName, releaseNamed } from './release.ts';
import { readConfig } from './xml/readConfig.ts';

export interface PairOptions {
  readonly version: ReleaseName;
  /** The primary's config.xml. */
  readonly primary: string;
  readonly secondary: string;
  /**
   * Passwords of local users, by name, the same on both nodes: a config tells only hashes. By default `admin` with
   * `pfsense`, and the account that the primary synchronises with, with the password that its `hasync` has.
   */
  readonly passwords?: Passwords;
  /** What is spoken on loopback; by default what the configs say. */
  readonly protocol?: 'http' | 'https';
  /** Ports on loopback; 0 or absent for any that is free. */
  readonly ports?: { readonly primary: number; readonly secondary: number };
  /** So many failed logins lock a caller out: 3 when absent, Infinity for never. */
  readonly lockoutAfter?: number;
  /** How long it takes after a save until the primary synchronises: 20 when absent. */
  readonly syncDelayMilliseconds?: number;
  /** Between two attempts of a sync: 10 when absent; pfSense waits a second. */
  readonly syncRetryMilliseconds?: number;
  /** As whom clients come along: 127.0.0.1 when absent, as they do. */
  readonly callerAddress?: string;
  /** What is told of the kernel; the release's own when absent. */
  readonly kernelVersion?: string;
  /** Addresses that lead to the secondary though its config does not say so: `http://127.0.0.1:18090`. */
  readonly routesToSecondary?: readonly string[];
  readonly now?: () => Date;
  /** Told of every line of the nodes' system logs. */
  readonly onLog?: (node: 'primary' | 'secondary', line: string) => void;
}

/** Two nodes that can be reached on loopback, and know each other. */
export interface SimulatedPair {
  readonly primary: SimulatedNode;
  readonly secondary: SimulatedNode;
  /** Resolves when neither node is at work: no call, no sync, none about to begin. */
  readonly settled: () => Promise<void>;
  readonly dispose: () => Promise<void>;
}

/**
 * Starts a simulated pair. Each node answers at its `url`; the primary reaches the secondary by the addresses and the port
 * of its config, over HTTP like everybody else.
 */
export async function startPair(options: PairOptions): Promise<SimulatedPair> {
  const release = releaseNamed(options.version);
  const network = new Network();
  const start = (name: 'primary' | 'secondary') => {
    const config = readConfig(options[name], release);
    return SimulatedNode.start({
      name,
      text: options[name],
      release,
      network,
      passwords: options.passwords ?? defaultPasswords(options.primary, options.version),
      protocol: options.protocol ?? guiEndpoint(config).protocol,
      port: options.ports?.[name] ?? 0,
      lockoutAfter: options.lockoutAfter ?? 3,
      syncDelayMilliseconds: options.syncDelayMilliseconds ?? 20,
      syncRetryMilliseconds: options.syncRetryMilliseconds ?? 10,
      callerAddress: options.callerAddress ?? '127.0.0.1',
      kernelVersion: options.kernelVersion ?? release.kernelVersion,
      now: options.now ?? (() => new Date()),
      onLog: line => options.onLog?.(name, line),
    });
  };
  const primary = await start('primary');
  const secondary = await start('secondary').catch(async (error: unknown) => {
    await primary.dispose();
    throw error;
  });
  for (const url of options.routesToSecondary ?? []) network.route(url, 'secondary');
  primary.meet(secondary);
  secondary.meet(primary);
  return {
    primary,
    secondary,
    settled: async () => {
      await primary.settled();
      await secondary.settled();
    },
    dispose: async () => {
      await Promise.all([primary.dispose(), secondary.dispose()]);
    },
  };
}

/** The passwords that a pair has unless it is told others: see {@link PairOptions.passwords}. */
export function defaultPasswords(primary: string, version: ReleaseName): Passwords {
  const hasync = readConfig(primary, releaseNamed(version)).get('hasync');
  const text = (key: string) => (hasync instanceof Map ? String(hasync.get(key) ?? '') : '');
  const password = text('password');
  return { admin: 'pfsense', ...(password === '' ? {} : { [text('username') || 'admin']: password }) };
}
