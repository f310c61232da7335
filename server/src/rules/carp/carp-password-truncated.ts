import { childPlace } from '../../model/read.ts';
import {
  givenPassword,
  readLiveCarpVips,
  usedPasswordBytes,
  vipInterfaceName,
  vipName,
} from '../../model/virtualIps.ts';
import { defineNodeRule } from '../rule.ts';

export default defineNodeRule({
  id: 'carp-password-truncated',
  topic: 'carp',
  severity: 'warning',
  since: '0.1.0',
  summary: 'The password of a CARP VIP is no longer than the kernel takes.',
  why: `The kernel takes the first 19 bytes of a CARP password and drops the rest without a word (\`CARP_KEY_LEN\` is 20, the last
for a zero). What is behind them protects nothing, and two long passwords that begin alike are one. Another CARP or VRRP
implementation may not cut at the same place.

Counted is what the kernel is given: pfSense takes the spaces out and puts a backslash before quotes and backslashes, and a
letter such as é is two bytes. Nothing is said on a disabled interface.

Source: pfSense \`src/etc/inc/interfaces.inc\` (interface_carp_configure); FreeBSD carp(4), \`CARP_KEY_LEN\`.`,
  messages: {
    long: 'The password of CARP VIP {vip} on {interface} is {length} bytes long; the kernel takes the first {used} only.',
  },
  examples: {
    wrong: `
	<virtualip>
		<vip>
			<mode>carp</mode>
			<interface>wan</interface>
			<vhid>1</vhid>
			<password>example-that-is-too-long</password>
			          ^^^^^^^^^^^^^^^^^^^^^^^^ warning: The password of CARP VIP 192.168.1.10 (VHID 1) on wan is 24 bytes long; the kernel takes the first 19 only.
			<subnet>192.168.1.10</subnet>
		</vip>
	</virtualip>
`,
    right: `
	<virtualip>
		<vip>
			<mode>carp</mode>
			<interface>wan</interface>
			<vhid>1</vhid>
			<password>example-just-right</password>
			<subnet>192.168.1.10</subnet>
		</vip>
	</virtualip>
`,
  },
  *check({ node }) {
    for (const vip of node.query(readLiveCarpVips)) {
      const { length } = givenPassword(vip);
      if (length <= usedPasswordBytes) continue;
      yield {
        at: childPlace(vip.element, 'password'),
        message: 'long',
        data: { vip: vipName(node, vip), interface: vipInterfaceName(node, vip), length, used: usedPasswordBytes },
      };
    }
  },
});
