import test from 'node:test';
import rule from '../../../../server/src/rules/kea/kea-ha-name-invalid.ts';
import { checkFix, checkNoFix, checkRule } from '../../../harness/rule.ts';
import { keaNode, marked, pair, swap } from './haPair.ts';

const [primary, secondary] = [keaNode(2), keaNode(3)];
const server = "in the high availability of Kea's DHCP server";

test('kea-ha-name-invalid: content as it should be, also names with a domain or an underscore', () => {
  checkRule(rule, pair(primary, secondary));
  checkRule(rule, swap(primary, '<remotename>fw3<', '<remotename>fw_3.example.net<'));
});

test('kea-ha-name-invalid: no remote name, which is the partner’s own', () => {
  const wrong = swap(secondary, '<remotename>fw2</remotename>', '<remotename></remotename>');
  const says = "error: The high availability of Kea's DHCP server has no remote name.";
  checkRule(rule, pair(primary, marked(wrong, '<remotename>', { on: 'remotename', says })));
  checkFix(rule, { before: pair(primary, wrong), after: pair(primary, secondary) });
  checkNoFix(rule, wrong);
});

test('kea-ha-name-invalid: names that are none', () => {
  const remote = swap(primary, '<remotename>fw3<', '<remotename>fw 3<');
  const says = `error: fw 3, the remote name ${server}, is no hostname.`;
  checkRule(rule, pair(marked(remote, '<remotename>', { on: 'fw 3', says }), secondary));
  checkFix(rule, { before: pair(remote, secondary), after: pair(primary, secondary) });
  const local = swap(primary, '<localname>fw2<', '<localname>fw!2<');
  checkFix(rule, { before: pair(local, secondary), after: pair(primary, secondary) });
});

test('kea-ha-name-invalid: one name for both ends, as two nodes with one hostname have', () => {
  const bare = swap(swap(primary, '\t\t\t<localname>fw2</localname>\n', ''), '<hostname>fw2<', '<hostname>fw3<');
  const says = `error: Both ends ${server} are called fw3.`;
  checkRule(rule, marked(bare, '<remotename>', { on: 'fw3', says }));
  checkNoFix(rule, pair(bare, secondary));
  const copied = swap(secondary, '<remotename>fw2<', '<remotename>fw3<');
  checkFix(rule, { before: pair(primary, copied), after: pair(primary, secondary) });
});

test('kea-ha-name-invalid: addresses that are missing or none', () => {
  const missing = swap(primary, '\t\t\t<remoteip>172.16.1.3</remoteip>\n', '');
  const absent = "error: The high availability of Kea's DHCP server has no remote address.";
  checkRule(rule, pair(marked(missing, '<ha>', { on: 'ha', says: absent }), secondary));
  checkFix(rule, { before: pair(missing, secondary), after: pair(primary, secondary) });
  const malformed = swap(primary, '<localip>172.16.1.2<', '<localip>172.16.1.2/24<');
  const says = `error: 172.16.1.2/24, the local address ${server}, is no IPv4 or IPv6 address.`;
  checkRule(rule, pair(marked(malformed, '<localip>', { on: '172.16.1.2/24', says }), secondary));
  checkFix(rule, { before: pair(malformed, secondary), after: pair(primary, secondary) });
});

test('kea-ha-name-invalid: a port that is none becomes what the partner says, or the default', () => {
  const withPort = (port: string) =>
    swap(primary, '\t\t\t<remotename>', `\t\t\t<localport>${port}</localport>\n\t\t\t<remotename>`);
  const says = `error: 70000, the local port ${server}, is no port from 1 to 65535.`;
  checkRule(rule, marked(withPort('70000'), '<localport>', { on: '70000', says }));
  checkFix(rule, { before: withPort('70000'), after: withPort('8765') });
  const other = swap(secondary, '</remoteip>', '</remoteip>\n\t\t\t<remoteport>9000</remoteport>');
  checkFix(rule, { before: pair(withPort('http'), other), after: pair(withPort('9000'), other) });
});

test('kea-ha-name-invalid: silent where high availability is off, ISC runs, or the version has none', () => {
  const wrong = swap(primary, '<remotename>fw3<', '<remotename><');
  checkRule(rule, swap(wrong, '\t\t<ha>\n\t\t\t<enable></enable>\n', '\t\t<ha>\n'));
  checkRule(rule, swap(wrong, '\t<dhcpbackend>kea</dhcpbackend>\n', ''));
  checkRule(rule, `	<version>22.9</version>\n${wrong}`);
});
