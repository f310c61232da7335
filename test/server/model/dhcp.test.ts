import assert from 'node:assert/strict';
import test from 'node:test';
import { formatAddress, parseAddress, parseSubnet } from '../../../server/src/model/address.ts';
import { readDhcpBackend, readDhcpScopes } from '../../../server/src/model/dhcp.ts';
import {
  failoverOf,
  formatStretch,
  intersection,
  longestBeside,
  longestWithout,
  movedInto,
  readServedScopes,
  within,
} from '../../../server/src/model/dhcpPools.ts';
import { readKea6Ha, readKeaHa } from '../../../server/src/model/kea.ts';
import { parseFixture } from '../../harness/fixture.ts';

function configOf(source: string) {
  return parseFixture(source).files[0]!.config;
}

const stretch = (from: string, to: string) => ({ from: parseAddress(from)!.bits, to: parseAddress(to)!.bits });
const lan = parseSubnet('10.0.0.0/24')!;

test('dhcp: a scope with its pools, static mappings and options, each with its element', () => {
  const config = configOf(`
	<dhcpd>
		<lan>
			<enable></enable>
			<range>
				<from>10.0.0.100</from>
				<to>10.0.0.199</to>
			</range>
			<failover_peerip>10.0.0.3</failover_peerip>
			<gateway></gateway>
			<dnsserver>10.0.0.1</dnsserver>
			<dnsserver></dnsserver>
			<dnsserver>10.0.0.4</dnsserver>
			<denyunknown>disabled</denyunknown>
			<pool></pool>
			<pool>
				<range><from>10.0.0.210</from><to>nowhere</to></range>
				<gateway>none</gateway>
				<denyunknown></denyunknown>
			</pool>
			<staticmap>
				<mac>00:00:5e:00:53:20</mac>
				<cid></cid>
				<ipaddr>10.0.0.20</ipaddr>
				<hostname>printer</hostname>
				<descr><![CDATA[Printer &amp; scanner]]></descr>
			</staticmap>
		</lan>
		<opt1></opt1>
	</dhcpd>
`);
  const scopes = config.query(readDhcpScopes);
  assert.deepEqual([...scopes.keys()], ['lan']);
  const scope = scopes.get('lan')!;
  assert.equal(scope.isEnabled, true);
  assert.equal(scope.failoverPeer?.element.name, 'failover_peerip');
  const [own, extra, ...none] = scope.pools;
  assert.equal(none.length, 0);
  assert.equal(own.range && formatAddress(own.range.to.value), '10.0.0.199');
  assert.equal(own.range?.to.element.content, '10.0.0.199');
  assert.equal(own.gateway, undefined);
  assert.equal(own.deniesUnknownClients, false);
  assert.deepEqual(
    own.dnsServers.map(server => server.value),
    ['10.0.0.1', '10.0.0.4'],
  );
  assert.equal(extra?.range, undefined, 'a pool with one end is none');
  assert.equal(extra?.gateway?.value, 'none');
  assert.equal(extra?.deniesUnknownClients, true);
  const [printer] = scope.staticMappings.all;
  assert.equal(printer?.address && formatAddress(printer.address.value), '10.0.0.20');
  assert.equal(printer?.address?.element.content, '10.0.0.20');
  assert.equal(printer?.clientIdentifier, undefined);
});

test('dhcp: the backend is ISC unless the file says Kea', () => {
  assert.equal(configOf('	<dhcpbackend>kea</dhcpbackend>\n').query(readDhcpBackend).value, 'kea');
  assert.equal(configOf('	<dhcpbackend>isc</dhcpbackend>\n').query(readDhcpBackend).value, 'isc');
  assert.deepEqual(configOf('').query(readDhcpBackend), { value: 'isc', element: undefined });
});

test('dhcp: a server runs on an enabled interface with a static IPv4 address', () => {
  const one = (key: string, more: string) => `<${key}>${more}</${key}>`;
  const keys = ['lan', 'opt1', 'opt2', 'opt3', 'opt4'];
  const config = configOf(`
	<interfaces>
		<lan><enable></enable><ipaddr>10.0.0.2</ipaddr><subnet>24</subnet></lan>
		<opt1><ipaddr>10.1.0.2</ipaddr><subnet>24</subnet></opt1>
		<opt2><enable></enable><ipaddr>dhcp</ipaddr></opt2>
		<opt3><enable></enable><ipaddrv6>2001:db8::1</ipaddrv6><subnetv6>64</subnetv6></opt3>
	</interfaces>
	<dhcpd>${keys.map(key => one(key, '<enable></enable>')).join('')}</dhcpd>
`);
  assert.deepEqual([...config.query(readServedScopes).keys()], ['lan']);
});

test('dhcp: fail-over is a peer with ISC and kea/ha with Kea', () => {
  const of = (more: string) => {
    const config = configOf(
      `${more}	<dhcpd>\n		<lan><enable></enable><failover_peerip>10.0.0.3</failover_peerip></lan>\n	</dhcpd>\n`,
    );
    return failoverOf(config, config.query(readDhcpScopes).get('lan')!);
  };
  assert.equal(of(''), 'isc');
  assert.equal(of('	<dhcpbackend>kea</dhcpbackend>\n'), undefined);
  assert.equal(of('	<dhcpbackend>kea</dhcpbackend>\n	<kea><ha><role>primary</role></ha></kea>\n'), undefined);
  assert.equal(of('	<dhcpbackend>kea</dhcpbackend>\n	<kea><ha><enable></enable></ha></kea>\n'), 'kea');
});

test('kea: both sides of the high availability', () => {
  const config = configOf(`
	<kea>
		<ha>
			<enable></enable>
			<role>standby</role>
			<localname>fw-b</localname>
			<localip>192.0.2.3</localip>
			<localport>8765</localport>
			<remoteip>2001:db8::2</remoteip>
			<remoteport>https</remoteport>
			<tls></tls>
			<scertref>62a856d41c9a3</scertref>
		</ha>
	</kea>
`);
  const ha = config.query(readKeaHa)!;
  assert.deepEqual([ha.isEnabled, ha.role?.value, ha.usesTls, ha.usesMutualTls], [true, 'standby', true, false]);
  assert.deepEqual([ha.local.name?.value, ha.local.port?.value], ['fw-b', 8765]);
  assert.equal(ha.remote.address && formatAddress(ha.remote.address.value), '2001:db8::2');
  assert.deepEqual([ha.remote.name, ha.remote.port], [undefined, undefined]);
  assert.equal(ha.serverCertificate?.value, '62a856d41c9a3');
  assert.equal(config.query(readKea6Ha), undefined);
});

test('pools: what two have in common, and what is left beside', () => {
  const [one, other] = [stretch('10.0.0.100', '10.0.0.199'), stretch('10.0.0.150', '10.0.0.249')];
  assert.equal(formatStretch(intersection(one, other)!), '10.0.0.150–10.0.0.199');
  assert.equal(intersection(one, stretch('10.0.0.200', '10.0.0.201')), undefined);
  assert.equal(formatStretch(longestBeside(other, one)!), '10.0.0.200–10.0.0.249');
  assert.equal(formatStretch(longestBeside(one, stretch('10.0.0.110', '10.0.0.120'))!), '10.0.0.121–10.0.0.199');
  assert.equal(longestBeside(one, stretch('10.0.0.0', '10.0.0.255')), undefined);
});

test('pools: the part on host addresses, and the longest without taken ones', () => {
  assert.equal(formatStretch(within(lan, stretch('9.0.0.0', '10.0.0.255'))!), '10.0.0.1–10.0.0.254');
  assert.equal(within(lan, stretch('10.0.1.1', '10.0.1.9')), undefined);
  const taken = ['10.0.0.3', '10.0.0.1', '10.0.0.3', '10.0.0.9', '10.0.7.7'].map(text => parseAddress(text)!.bits);
  assert.equal(formatStretch(longestWithout(stretch('10.0.0.1', '10.0.0.10'), taken)!), '10.0.0.4–10.0.0.8');
  assert.equal(formatStretch(longestWithout(stretch('10.0.0.1', '10.0.0.5'), taken)!), '10.0.0.4–10.0.0.5');
  assert.equal(longestWithout(stretch('10.0.0.3', '10.0.0.3'), taken), undefined);
});

test('pools: the same place in another network, where it fits', () => {
  assert.equal(formatStretch(movedInto(lan, stretch('192.168.1.100', '192.168.1.199'))!), '10.0.0.100–10.0.0.199');
  assert.equal(movedInto(lan, stretch('192.168.1.100', '192.168.2.199')), undefined);
});
