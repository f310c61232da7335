import test from 'node:test';
import rule from '../../../../server/src/rules/kea/kea-ha-address-is-vip.ts';
import { checkFix, checkNoFix, checkRule } from '../../../harness/rule.ts';
import { keaNode, marked, pair, swap } from './haPair.ts';

const [primary, secondary] = [keaNode(2), keaNode(3)];
const tail = "address in the high availability of Kea's DHCP server, is a CARP VIP and moves between the nodes.";

test('kea-ha-address-is-vip: the local address', () => {
  const wrong = swap(primary, '<localip>172.16.1.2<', '<localip>10.0.0.1<');
  checkRule(
    rule,
    pair(marked(wrong, '<localip>', { on: '10.0.0.1', says: `error: 10.0.0.1, the local ${tail}` }), secondary),
  );
  checkFix(rule, { before: pair(wrong, secondary), after: pair(primary, secondary) });
});

test('kea-ha-address-is-vip: the remote address, and an alias that moves with a CARP VIP', () => {
  const wrong = swap(secondary, '<remoteip>172.16.1.2<', '<remoteip>10.0.0.9<');
  checkRule(
    rule,
    pair(primary, marked(wrong, '<remoteip>', { on: '10.0.0.9', says: `error: 10.0.0.9, the remote ${tail}` })),
  );
  checkFix(rule, { before: pair(primary, wrong), after: pair(primary, secondary) });
});

test('kea-ha-address-is-vip: a VIP on both nodes at once is repaired one after the other', () => {
  const one = swap(primary, '<localip>172.16.1.2<', '<localip>10.0.0.1<');
  const other = swap(secondary, '<remoteip>172.16.1.2<', '<remoteip>10.0.0.1<');
  checkFix(rule, { before: pair(one, other), after: pair(primary, other) });
});

test('kea-ha-address-is-vip: no fix where the address on SYNC is unknown, or the partner says another', () => {
  const wrong = swap(primary, '<localip>172.16.1.2<', '<localip>10.0.0.1<');
  checkNoFix(rule, pair(swap(wrong, '<pfsyncinterface>opt1<', '<pfsyncinterface><'), secondary));
  checkNoFix(rule, pair(wrong, swap(secondary, '<remoteip>172.16.1.2<', '<remoteip>10.0.0.2<')));
  checkNoFix(rule, swap(primary, '<remoteip>172.16.1.3<', '<remoteip>10.0.0.1<'));
});

test('kea-ha-address-is-vip: an alias on an interface stays with its node', () => {
  checkRule(rule, swap(primary, '<localip>172.16.1.2<', '<localip>172.16.1.12<'));
});

test('kea-ha-address-is-vip: silent where high availability is off, or ISC runs', () => {
  const wrong = swap(primary, '<localip>172.16.1.2<', '<localip>10.0.0.1<');
  checkRule(rule, swap(wrong, '\t\t<ha>\n\t\t\t<enable></enable>\n', '\t\t<ha>\n'));
  checkRule(rule, swap(wrong, '<dhcpbackend>kea', '<dhcpbackend>isc'));
});
