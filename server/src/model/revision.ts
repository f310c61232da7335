import { type Address, parseAddress } from './address.ts';
import type { Config } from './config.ts';
import { type Read, readAs } from './read.ts';

/** When the file was last written, and by whom: the section `revision` (facts.md §1.5). */
export interface Revision {
  /** Seconds since 1970; absent where the file has none. */
  readonly time: Read<number> | undefined;
  /**
   * The address of the node from which a synchronisation wrote it; absent where somebody else did. pfSense names the writer
   * `(system)` where nobody is logged in, with an address only where a call came from one: by XMLRPC.
   */
  readonly synchronisedFrom: Read<Address> | undefined;
}

export function readRevision(config: Config): Revision {
  const section = config.top('revision');
  return {
    time: readAs(config, section?.child('time'), text => (/^\d{9,11}$/.test(text) ? Number(text) : undefined)),
    synchronisedFrom: readAs(config, section?.child('username'), text => {
      const address = /^\(system\)@([\da-f.:]+)$/i.exec(text)?.[1];
      return address === undefined ? undefined : parseAddress(address);
    }),
  };
}
