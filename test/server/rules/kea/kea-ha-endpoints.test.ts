import test from 'node:test';
import rule from '../../../../server/src/rules/kea/kea-ha-endpoints.ts';
import { checkFix, checkNoFix, checkRule } from '../../../harness/rule.ts';
import { keaNode, marked, pair, swap } from './haPair.ts';

const [primary, secondary] = [keaNode(2), keaNode(3)];

test('kea-ha-endpoints: mirrored ends, and names and ports that are the defaults', () => {
  checkRule(rule, pair(primary, secondary));
  checkRule(
    rule,
    pair(
      swap(primary, '<localname>fw2</localname>', '<localname></localname>'),
      swap(secondary, '</remoteip>', '</remoteip>\n\t\t\t<remoteport>8765</remoteport>'),
    ),
  );
});

test('kea-ha-endpoints: a name that the partner does not have', () => {
  const renamed = swap(primary, '<localname>fw2</localname>', '<localname>fw-main</localname>');
  const says = "error: The secondary's Kea calls its DHCP partner fw2, but the primary calls itself fw-main.";
  checkRule(rule, pair(renamed, marked(secondary, '<remotename>', { on: 'fw2', says })));
  checkFix(rule, {
    before: pair(renamed, secondary),
    after: pair(renamed, swap(secondary, '<remotename>fw2<', '<remotename>fw-main<')),
  });
});

test('kea-ha-endpoints: the hostname stands for a local name that is not written', () => {
  const renamed = swap(
    swap(secondary, '\t\t\t<localname>fw3</localname>\n', ''),
    '<hostname>fw3</hostname>',
    '<hostname>backup</hostname>',
  );
  const says = "error: The primary's Kea calls its DHCP partner fw3, but the secondary calls itself backup.";
  checkRule(rule, pair(marked(primary, '<remotename>', { on: 'fw3', says }), renamed));
});

test('kea-ha-endpoints: a remote address that is not the one the partner uses', () => {
  const wrong = swap(primary, '<remoteip>172.16.1.3<', '<remoteip>10.0.0.3<');
  const says = "error: The primary's Kea looks for its DHCP partner at 10.0.0.3, but the secondary uses 172.16.1.3.";
  checkRule(rule, pair(marked(wrong, '<remoteip>', { on: '10.0.0.3', says }), secondary));
  checkFix(rule, { before: pair(wrong, secondary), after: pair(primary, secondary) });
});

test("kea-ha-endpoints: a secondary that was given the primary's own ends", () => {
  const wrong = swap(secondary, '<localip>172.16.1.3<', '<localip>172.16.1.2<');
  const says =
    "error: The secondary's Kea uses 172.16.1.2 for DHCP, which is no address of this node; the primary looks for it at 172.16.1.3.";
  checkRule(rule, pair(primary, marked(wrong, '<localip>', { on: '172.16.1.2', says })));
  checkFix(rule, { before: pair(primary, wrong), after: pair(primary, secondary) });
});

test('kea-ha-endpoints: no fix where the partner uses an address that it does not have', () => {
  checkNoFix(
    rule,
    pair(
      swap(primary, '<remoteip>172.16.1.3<', '<remoteip>192.0.2.3<'),
      swap(secondary, '<localip>172.16.1.3<', '<localip>192.0.2.4<'),
    ),
  );
});

test('kea-ha-endpoints: ports, with the default of DHCPv6', () => {
  const six = (text: string) => text.replace('<kea>', '<kea6>').replace('</kea>', '</kea6>');
  const port = '\t\t\t<localport>8765</localport>\n';
  const wrong = six(swap(secondary, '\t\t\t<remotename>', `${port}\t\t\t<remotename>`));
  const says = "error: The primary's Kea looks for its DHCPv6 partner at port 8766, but the secondary listens on 8765.";
  checkRule(rule, pair(marked(six(primary), '<ha>', { on: 'ha', says }), wrong));
  const remote = '\n\t\t\t<remoteport>8765</remoteport>';
  checkFix(rule, {
    before: pair(six(primary), wrong),
    after: pair(swap(six(primary), '</remoteip>', `</remoteip>${remote}`), wrong),
  });
});

test('kea-ha-endpoints: missing, malformed and virtual values are other rules’ matter', () => {
  checkRule(rule, pair(swap(primary, '<remotename>fw3<', '<remotename>fw 3<'), secondary));
  checkRule(rule, pair(swap(primary, '<remotename>fw3<', '<remotename><'), secondary));
  checkRule(rule, pair(swap(primary, '<remoteip>172.16.1.3<', '<remoteip>172.16.1<'), secondary));
  checkRule(rule, pair(swap(primary, '<remoteip>172.16.1.3<', '<remoteip>10.0.0.1<'), secondary));
});

test('kea-ha-endpoints: silent where high availability is off on a node, or ISC runs', () => {
  const wrong = swap(secondary, '<remotename>fw2<', '<remotename>other<');
  checkRule(rule, pair(primary, swap(wrong, '\t\t<ha>\n\t\t\t<enable></enable>\n', '\t\t<ha>\n')));
  checkRule(rule, pair(primary, swap(wrong, '<dhcpbackend>kea', '<dhcpbackend>isc')));
});
