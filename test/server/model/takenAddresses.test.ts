import assert from 'node:assert/strict';
import test from 'node:test';
import { parseAddress } from '../../../server/src/model/address.ts';
import { takenAddresses } from '../../../server/src/model/takenAddresses.ts';
import { configOf } from './readers.ts';

test('taken addresses: of either node, wherever a host is meant', () => {
  const isTaken = takenAddresses([
    configOf(
      '<interfaces><lan><ipaddr>192.0.2.2</ipaddr></lan></interfaces><syslog><remoteserver>192.0.2.7</remoteserver></syslog>',
    ),
    configOf(`<virtualip><vip><subnet>2001:db8::1</subnet></vip></virtualip>
      <dhcpd><lan><range><from>192.0.2.100</from><to>192.0.2.110</to></range></lan></dhcpd>
      <kea><lan><range><from>192.0.2.120</from></range></lan></kea>`),
  ]);
  const taken = ['192.0.2.2', '2001:DB8::0:1', '192.0.2.100', '192.0.2.105', '192.0.2.110', '192.0.2.120'];
  for (const text of taken) assert.ok(isTaken(parseAddress(text)!), text);
  for (const text of ['192.0.2.3', '2001:db8::2', '192.0.2.111', '192.0.2.7'])
    assert.ok(!isTaken(parseAddress(text)!), text);
});
