import { valuePlace } from '../../model/read.ts';
import { readVersion, releaseOf } from '../../model/version.ts';
import { definePairRule } from '../rule.ts';

export default definePairRule({
  id: 'system-version-mismatch',
  topic: 'system',
  severity: 'error',
  since: '0.1.0',
  summary: 'Both nodes have the same config version.',
  why: `Before each synchronisation the primary asks the secondary for its config version. Where it is not the very same text as its
own, nothing is sent: *"The other member is on a different configuration version of pfSense. Sync will not be done to prevent
problems!"* The secondary then keeps old rules, NAT and DHCP until both run the same release.

This is normal for the time of an upgrade, with the secondary upgraded first. A config version is not a product version:
2.7.1 and 2.7.2 share one, and a factory default carries an older one until its first boot.

Upgrade the older node; the version is never to be edited by hand, because pfSense converts the rest of the file by it.

Source: pfSense \`src/etc/rc.filter_synchronize\`, \`src/etc/inc/globals.inc\` (latest_config).`,
  messages: {
    differs:
      "The secondary's config version is {secondary} ({secondaryRelease}), the primary's {primary} ({primaryRelease}): nothing is synchronised between them.",
  },
  examples: {
    wrong: `
--- primary.xml
	<version>23.3</version>
--- secondary.xml
	<version>22.2</version>
	         ^^^^ error: The secondary's config version is 22.2 (pfSense 2.6.0), the primary's 23.3 (pfSense 2.7.1 or 2.7.2): nothing is synchronised between them.
`,
    right: `
--- primary.xml
	<version>23.3</version>
--- secondary.xml
	<version>23.3</version>
`,
  },
  *check({ primary, secondary }) {
    const [here, there] = [primary.query(readVersion), secondary.query(readVersion)];
    if (!here.element || !there.element || here.text === '' || there.text === '' || here.text === there.text) return;
    yield {
      at: valuePlace(there.element),
      message: 'differs',
      data: {
        primary: here.text,
        primaryRelease: releaseOf(here),
        secondary: there.text,
        secondaryRelease: releaseOf(there),
      },
      related: [{ at: valuePlace(here.element), message: `The primary's config version: ${here.text}.` }],
    };
  },
});
