import assert from 'node:assert/strict';
import test from 'node:test';
import { rules } from '../../../server/src/rules/index.ts';
import { uniqueKeys } from '../../../server/src/schema/references/unique.ts';
import { definitionSources, referenceKinds, referenceSources } from '../../../server/src/schema/references.ts';

test('reference table: each kind has a place where its names stand, and one that names it', () => {
  for (const kind of Object.keys(referenceKinds)) {
    assert.equal(definitionSources.filter(source => source.kind === kind).length, 1, kind);
    const slots = referenceSources.flatMap(source => source.slots);
    assert.ok(
      slots.some(slot => slot.targets.some(target => target.kind === kind)),
      kind,
    );
  }
});

test('reference table: every source stands once, and every place of it too, but for those that depend on the item', () => {
  const items = referenceSources.map(source => source.items);
  assert.deepEqual(
    items.filter((each, i) => items.indexOf(each) !== i),
    [],
  );
  for (const { items: path, slots } of referenceSources) {
    const plain = slots.filter(slot => !slot.onlyIf).map(slot => `${slot.at} ${slot.field ?? ''}`);
    assert.equal(new Set(plain).size, plain.length, path);
  }
});

test('reference table: what it says is the rest of a sentence', () => {
  const effects = [...referenceSources.flatMap(source => source.slots), ...uniqueKeys].flatMap(
    each => each.effect ?? [],
  );
  assert.ok(effects.length > 60);
  for (const effect of effects) assert.match(effect, /^(?:[a-z]|pfSense |IPv4|HTTPS|DNS).*[^.]$/, effect);
});

test('reference table: the rules that it leaves things to exist', () => {
  const ids = new Set(rules.map(rule => rule.id));
  const told = [
    ...referenceSources.flatMap(source => source.slots.flatMap(slot => slot.toldBy ?? [])),
    ...Object.values(referenceKinds).flatMap(kind => kind.toldBy ?? []),
  ];
  assert.ok(told.length > 0);
  for (const id of told) assert.ok(ids.has(id), id);
});

test('reference table: aliases are looked for wherever pfSense renames them', () => {
  // pfsense-utils.inc:update_alias_name.
  const wanted = `
filter/rule source/address, filter/rule destination/address, filter/rule source/port, filter/rule destination/port,
nat/rule source/address, nat/rule source/port, nat/rule destination/address, nat/rule destination/port, nat/rule target,
nat/rule local-port, nat/onetoone destination/address, nat/outbound/rule source/network, nat/outbound/rule sourceport,
nat/outbound/rule destination/network, nat/outbound/rule dstport, nat/outbound/rule target, aliases/alias address,
staticroutes/route network, openvpn/openvpn-server tunnel_network, openvpn/openvpn-server tunnel_networkv6,
openvpn/openvpn-server local_network, openvpn/openvpn-server local_networkv6, openvpn/openvpn-server remote_network,
openvpn/openvpn-server remote_networkv6, openvpn/openvpn-client tunnel_network, openvpn/openvpn-client tunnel_networkv6,
openvpn/openvpn-client remote_network, openvpn/openvpn-client remote_networkv6, openvpn/openvpn-csc tunnel_network,
openvpn/openvpn-csc tunnel_networkv6, openvpn/openvpn-csc local_network, openvpn/openvpn-csc local_networkv6,
openvpn/openvpn-csc remote_network, openvpn/openvpn-csc remote_networkv6`;
  const places = new Set(
    referenceSources.flatMap(({ items, slots }) =>
      slots.filter(slot => slot.targets.some(target => target.kind === 'alias')).map(({ at }) => `${items} ${at}`),
    ),
  );
  for (const place of wanted.split(',').map(each => each.trim())) assert.ok(places.has(place), place);
});
