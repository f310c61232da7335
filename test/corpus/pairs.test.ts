import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { OpenPair } from '../harness/fixProblems.ts';

/** Pairs that pfSense itself has written: a primary, and its secondary after the primary's synchronisation. */
const folder = '../shared/pfsense/pairs';
const skip = existsSync(folder) ? false : 'no recorded pairs lie beside this checkout (../shared/pfsense/pairs)';

/**
 * What is found in a recorded pair. The pairs are healthy but for this: both nodes were recorded on one machine, where the
 * primary reached the secondary through 127.0.0.1, which is truly no address of the secondary's interfaces, and where
 * the two had to listen on ports of their own.
 */
const quirks = [
  'error primary hasync/synchronizetoip sync-target-mismatch: The sync target 127.0.0.1 is no address of the secondary.',
  "error secondary system/webgui/port sync-webgui-port-mismatch: The secondary's GUI listens on port 18080; the configuration sync connects to 18090, the port of the primary's.",
];

/** Nobody names the alias that the recording made to see it synchronised. */
const unused = (side: string) =>
  `hint ${side} aliases/alias/name reference-unused: Nothing in this config names the alias webservers.`;

/** Those of the releases with Kea's high availability let pfsync in on SYNC and nothing else, which Kea was not run to notice. */
const kea = (side: string) =>
  `error ${side} kea/ha/localip kea-ha-rule-missing: No rule on SYNC (opt1) passes TCP port 8765, so the other node cannot reach the high availability of Kea's DHCP server.`;
const withKea = ['pre29', 'master'];

for (const version of ['RELENG_2_5_2', 'RELENG_2_6_0', 'RELENG_2_7_2', 'pre29', 'master']) {
  test(`${version}: nothing is found in a pair that pfSense has synchronised, but what the recording made necessary`, {
    skip,
  }, () => {
    const read = (name: string) => readFileSync(join(folder, `${version}.${name}.config.xml`), 'utf8');
    const pair = new OpenPair({ primary: read('primary'), secondary: read('secondary.after') });
    const found = pair
      .seen()
      .map(({ severity, side, path, rule, message }) => `${severity} ${side} ${path} ${rule}: ${message}`);
    const sides = ['primary', 'secondary'];
    const expected = [...quirks, ...sides.map(unused), ...(withKea.includes(version) ? sides.map(kea) : [])];
    assert.deepEqual(found.sort(), expected.sort());
  });
}
