import { type KeaHaPair, keaHaPairs, type RunningKeaHa } from '../../model/keaHa.ts';
import { childPlace } from '../../model/read.ts';
import { definePairRule } from '../rule.ts';

export default definePairRule({
  id: 'kea-ha-tls-mismatch',
  topic: 'kea',
  severity: 'error',
  since: '0.1.0',
  summary: "Kea's high availability uses TLS on both nodes or on neither, with a certificate on each.",
  why: `Kea speaks HTTP or HTTPS with its partner, and each node uses its own setting for both ends: a node with TLS calls a partner without it
by https and gets no answer. With mutual TLS on one node only, that node asks for a client certificate which the other never
shows. TLS without a certificate leaves Kea with an empty file, and it does not start.

\`tls\`, \`mutualtls\` and both certificates are the only settings of Kea's high availability besides the local name that are **never
synchronised**: they are set on each node by hand, which is how they come to differ. There is no quick fix, because a
certificate of its own is needed on each node. Only servers whose high availability is enabled on both nodes are looked at.

Source: pfSense \`src/etc/rc.filter_synchronize\`, \`src/etc/inc/services.inc\`.`,
  messages: {
    tls: "Kea's {server} server uses TLS for high availability on the {here} only.",
    mutual: "Kea's {server} server asks for client certificates in high availability on the {here} only.",
    server: "Kea's {server} server uses TLS for high availability on the {here}, but has no server certificate.",
    client: "Kea's {server} server uses mutual TLS for high availability on the {here}, but has no client certificate.",
  },
  examples: {
    wrong: `
--- primary.xml
	<dhcpbackend>kea</dhcpbackend>
	<kea>
		<ha>
			<enable></enable>
			<tls></tls>
			 ^^^ error: Kea's DHCP server uses TLS for high availability on the primary only.
			<scertref>6870aa01b2c3d</scertref>
			<localname>fw1</localname>
			<localip>172.16.1.2</localip>
			<remotename>fw2</remotename>
			<remoteip>172.16.1.3</remoteip>
		</ha>
	</kea>
	<cert>
		<refid>6870aa01b2c3d</refid>
	</cert>
--- secondary.xml
	<dhcpbackend>kea</dhcpbackend>
	<kea>
		<ha>
			<enable></enable>
			<role>standby</role>
			<localname>fw2</localname>
			<localip>172.16.1.3</localip>
			<remotename>fw1</remotename>
			<remoteip>172.16.1.2</remoteip>
		</ha>
	</kea>
`,
    right: `
--- primary.xml
	<dhcpbackend>kea</dhcpbackend>
	<kea>
		<ha>
			<enable></enable>
			<tls></tls>
			<scertref>6870aa01b2c3d</scertref>
			<localname>fw1</localname>
			<localip>172.16.1.2</localip>
			<remotename>fw2</remotename>
			<remoteip>172.16.1.3</remoteip>
		</ha>
	</kea>
	<cert>
		<refid>6870aa01b2c3d</refid>
	</cert>
--- secondary.xml
	<dhcpbackend>kea</dhcpbackend>
	<kea>
		<ha>
			<enable></enable>
			<role>standby</role>
			<tls></tls>
			<scertref>6870aa01b2c3e</scertref>
			<localname>fw2</localname>
			<localip>172.16.1.3</localip>
			<remotename>fw1</remotename>
			<remoteip>172.16.1.2</remoteip>
		</ha>
	</kea>
	<cert>
		<refid>6870aa01b2c3e</refid>
	</cert>
`,
  },
  *check({ primary, secondary }) {
    for (const pair of keaHaPairs(primary, secondary)) {
      for (const { running, message, child } of problemsOf(pair)) {
        const here = running === pair.primary ? 'primary' : 'secondary';
        const other = running === pair.primary ? pair.secondary : pair.primary;
        yield {
          at: childPlace(running.ha.element, child),
          message,
          data: { server: running.server, here },
          related:
            message === 'tls' || message === 'mutual'
              ? [{ at: other.ha.element.namePlace, message: 'The partner has it off.' }]
              : [],
        };
      }
    }
  },
});

interface Problem {
  readonly running: RunningKeaHa;
  readonly message: 'tls' | 'mutual' | 'server' | 'client';
  readonly child: string;
}

function* problemsOf({ primary, secondary }: KeaHaPair): Iterable<Problem> {
  if (primary.ha.usesTls !== secondary.ha.usesTls) {
    yield { running: primary.ha.usesTls ? primary : secondary, message: 'tls', child: 'tls' };
  } else if (isMutual(primary) !== isMutual(secondary)) {
    yield { running: isMutual(primary) ? primary : secondary, message: 'mutual', child: 'mutualtls' };
  }
  for (const running of [primary, secondary]) {
    const { usesTls, serverCertificate, clientCertificate } = running.ha;
    if (usesTls && !serverCertificate) yield { running, message: 'server', child: 'scertref' };
    if (isMutual(running) && !clientCertificate) yield { running, message: 'client', child: 'ccertref' };
  }
}

/** Mutual TLS counts only where TLS does (services.inc). */
function isMutual({ ha }: RunningKeaHa): boolean {
  return ha.usesTls && ha.usesMutualTls;
}
