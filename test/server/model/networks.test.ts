import assert from 'node:assert/strict';
import test from 'node:test';
import { readBridges } from '../../../server/src/model/bridges.ts';
import { readGatewayGroups, readGateways } from '../../../server/src/model/gateways.ts';
import { readInterfaces } from '../../../server/src/model/interfaces.ts';
import { readLaggs } from '../../../server/src/model/laggs.ts';
import { nicOf, parseNic, readNicOrder } from '../../../server/src/model/nic.ts';
import { readVlans } from '../../../server/src/model/vlans.ts';
import { configOf } from './readers.ts';

test('vlans: parent, tag and the name by which interfaces use them', () => {
  const vlans = configOf(`<vlans>
    <vlan><if>igb1</if><tag>20</tag><vlanif>igb1.20</vlanif><descr><![CDATA[Guests]]></descr></vlan>
    <vlan><if>igb1</if><tag>30</tag></vlan>
    <vlan></vlan>
    <vlan><if>igb1</if><tag>4095</tag></vlan>
    <vlan><if>igb1</if><tag>0</tag></vlan>
  </vlans>`).query(readVlans);
  assert.deepEqual(
    vlans.map(vlan => [vlan.parent.value, vlan.tag.value, vlan.name, vlan.descr?.value]),
    [
      ['igb1', 20, 'igb1.20', 'Guests'],
      ['igb1', 30, 'igb1.30', undefined],
    ],
  );
});

test('laggs and bridges: their members', () => {
  const config = configOf(`<laggs>
    <lagg><members>igb2,igb3</members><laggif>lagg0</laggif><proto>lacp</proto></lagg>
    <lagg></lagg>
  </laggs>
  <bridges><bridged><members>lan,opt1</members><bridgeif>bridge0</bridgeif></bridged><bridged></bridged></bridges>`);
  const laggs = config.query(readLaggs);
  assert.deepEqual(
    laggs.map(lagg => [lagg.name?.value, lagg.members, lagg.protocol?.value]),
    [['lagg0', ['igb2', 'igb3'], 'lacp']],
  );
  const bridges = config.query(readBridges);
  assert.deepEqual(
    bridges.map(bridge => [bridge.name?.value, bridge.members]),
    [['bridge0', ['lan', 'opt1']]],
  );
});

test('gateways: static, dynamic, of either family', () => {
  const config = configOf(`<gateways>
    <gateway_item><interface>wan</interface><gateway>192.0.2.254</gateway><name>GW</name><ipprotocol>inet</ipprotocol></gateway_item>
    <gateway_item><interface>wan</interface><gateway>dynamic</gateway><name>DYN6</name><ipprotocol>inet6</ipprotocol><disabled></disabled></gateway_item>
    <gateway_item><interface>lan</interface><gateway>2001:db8::1</gateway><name>SIX</name></gateway_item>
    <gateway_item></gateway_item>
    <gateway_group>
      <name>BOTH</name>
      <item>GW|1|_vip5f0c0de12ab34</item>
      <item>DYN6|2|address</item>
      <item>SIX|x</item>
      <item></item>
    </gateway_group>
  </gateways>`);
  assert.deepEqual(
    config
      .query(readGateways)
      .map(each => [each.name.value, each.family, each.isDynamic, each.isDisabled, each.interface?.value]),
    [
      ['GW', 4, false, false, 'wan'],
      ['DYN6', 6, true, true, 'wan'],
      ['SIX', 6, false, false, 'lan'],
    ],
  );
  const [group] = config.query(readGatewayGroups);
  assert.deepEqual(
    group?.members.map(each => [each.gateway, each.tier, each.address]),
    [
      ['GW', 1, '_vip5f0c0de12ab34'],
      ['DYN6', 2, 'address'],
      ['SIX', 0, undefined],
    ],
  );
});

test('NICs: driver and unit', () => {
  assert.deepEqual(parseNic('vmx0'), { driver: 'vmx', unit: 0, tag: undefined });
  assert.deepEqual(parseNic('t5nex12'), { driver: 't5nex', unit: 12, tag: undefined });
  for (const text of ['WAN', 'em', '0', 'em0.20', 'ath0_wlan1', '', 'em12345'])
    assert.equal(parseNic(text), undefined, text);
});

test('NICs: what is behind an interface', () => {
  const nicBehind = (name: string) => {
    const config = configOf(`<interfaces><lan><if>${name}</if></lan></interfaces>
      <vlans><vlan><if>lagg0</if><tag>7</tag><vlanif>odd7</vlanif></vlan></vlans>`);
    const lan = config.query(readInterfaces).get('lan');
    const nic = lan && nicOf(config, lan);
    return nic && `${nic.driver} ${nic.unit}${nic.tag === undefined ? '' : ` ${nic.tag}`}`;
  };
  const expected: readonly (readonly [string, string | undefined])[] = [
    ['igb3', 'igb 3'],
    ['igb1.20', 'igb 1 20'],
    ['igb1_vlan20', 'igb 1 20'],
    ['lagg0.30', 'lagg 0 30'],
    ['odd7', 'lagg 0 7'],
    ['igb1.4095', undefined],
    ['ovpns1', undefined],
    ['pppoe0', undefined],
    ['bridge0', undefined],
    ['vlan0.20', undefined],
    ['LAN', undefined],
    ['', undefined],
  ];
  for (const [name, nic] of expected) assert.equal(nicBehind(name), nic, name);
});

test('NICs: the order of a node', () => {
  const config = configOf(`<interfaces>
    <wan><if>ix0</if></wan><lan><if>igb10</if></lan><opt1><if>igb9</if></opt1><opt2><if>igb9.5</if></opt2><opt3><if>ovpns1</if></opt3>
  </interfaces>`);
  assert.deepEqual(
    config.query(readNicOrder).map(({ one }) => one.key),
    ['opt1', 'opt2', 'lan', 'wan'],
  );
});
