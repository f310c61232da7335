import { childPlace } from '../../model/read.ts';
import { pairLiveCarpVips, pairName } from '../../model/vipPairs.ts';
import { copyPassword } from '../../model/virtualIpEdits.ts';
import { carpKey, vipInterfaceName } from '../../model/virtualIps.ts';
import type { Fix } from '../finding.ts';
import { definePairRule } from '../rule.ts';

export default definePairRule({
  id: 'carp-password-mismatch',
  topic: 'carp',
  severity: 'error',
  since: '0.1.0',
  summary: 'A CARP VIP has the same password on both nodes.',
  why: `Each advertisement is signed with the VIP's password, and a node drops one whose signature is wrong. With different
passwords neither node hears the other, and both become master of the address.

What counts is what the kernel is given: pfSense takes the spaces out of a password, and the kernel uses its first 19
bytes. Passwords that differ in nothing else are the same. Two empty ones are as well.

Source: pfSense \`src/etc/inc/interfaces.inc\` (interface_carp_configure); FreeBSD carp(4), \`CARP_KEY_LEN\`.`,
  fix: `Copies the primary's password to the secondary; where the primary has none, the secondary's to the primary.`,
  messages: {
    differs: '{vip} on {interface}: the password on the secondary is not that of the primary.',
    noneOnPrimary: '{vip} on {interface} has a password on the secondary, but none on the primary.',
    noneOnSecondary: '{vip} on {interface} has a password on the primary, but none on the secondary.',
  },
  examples: {
    wrong: `
--- primary.xml
	<virtualip>
		<vip>
			<mode>carp</mode>
			<interface>wan</interface>
			<vhid>1</vhid>
			<password><![CDATA[example-one]]></password>
			<subnet>192.168.1.10</subnet>
		</vip>
	</virtualip>
--- secondary.xml
	<virtualip>
		<vip>
			<mode>carp</mode>
			<interface>wan</interface>
			<vhid>1</vhid>
			<password><![CDATA[example-two]]></password>
			          ^^^^^^^^^^^^^^^^^^^^^^^ error: VHID 1 on wan: the password on the secondary is not that of the primary.
			<subnet>192.168.1.10</subnet>
		</vip>
	</virtualip>
`,
    right: `
--- primary.xml
	<virtualip>
		<vip>
			<mode>carp</mode>
			<interface>wan</interface>
			<vhid>1</vhid>
			<password><![CDATA[example one]]></password>
			<subnet>192.168.1.10</subnet>
		</vip>
	</virtualip>
--- secondary.xml
	<virtualip>
		<vip>
			<mode>carp</mode>
			<interface>wan</interface>
			<vhid>1</vhid>
			<password><![CDATA[exampleone]]></password>
			<subnet>192.168.1.10</subnet>
		</vip>
	</virtualip>
`,
  },
  *check({ primary, secondary }) {
    for (const pair of pairLiveCarpVips({ primary, secondary })) {
      const [first, second] = [carpKey(pair.primary), carpKey(pair.secondary)];
      if (first === second) continue;
      const toPrimary = first === '';
      const here = { config: primary, vip: pair.primary };
      const there = { config: secondary, vip: pair.secondary };
      const [to, from] = toPrimary ? [here, there] : [there, here];
      const fix = (): Fix => ({
        title: toPrimary
          ? "Copy the secondary's password to the primary"
          : "Copy the primary's password to the secondary",
        // The sync does as much with the primary's; that the primary shall have one is for a person to say.
        applicability: toPrimary ? 'suggestion' : 'safe',
        edits: [{ document: to.config.document, edits: [copyPassword(to.config, to.vip, from)] }],
      });
      yield {
        at: childPlace(to.vip.element, 'password'),
        message: toPrimary ? 'noneOnPrimary' : second === '' ? 'noneOnSecondary' : 'differs',
        data: {
          vip: pairName(secondary, pair),
          interface: vipInterfaceName(secondary, pair.secondary),
        },
        related: [
          {
            at: childPlace(from.vip.element, 'password'),
            message: `The password on the ${toPrimary ? 'secondary' : 'primary'}.`,
          },
        ],
        fixes: () => [fix()],
      };
    }
  },
});
