import assert from 'node:assert/strict';
import test from 'node:test';
import { readDhcpScopes } from '../../../server/src/model/dhcp.ts';
import fc from '../../harness/fastCheck.ts';
import { parseFixture } from '../../harness/fixture.ts';

const mapping = fc.record({
  mac: fc.constantFrom('', '00:00:5e:00:53:01', '00-00-5E-00-53-01', '00:00:5e:00:53:02', '00:00:5e:00:53:03'),
  cid: fc.constantFrom('', 'printer', 'camera', '00:00:5e:00:53:01'),
  address: fc.constantFrom('', '192.0.2.1', '192.0.2.9', '192.0.2.10', '192.0.2.100', '198.51.100.7', '2001:db8::1'),
  gateway: fc.constantFrom('', '192.0.2.254'),
});

const bits = fc.constantFrom(0n, 0xc0000201n, 0xc0000209n, 0xc000020an, 0xc00002ffn, 0xc6336407n, 0xffffffffn);

test('static mappings: what is looked up is what going through all of them finds', () => {
  let found = 0;
  fc.assert(
    fc.property(fc.array(mapping, { maxLength: 12 }), bits, bits, (made, first, last) => {
      const items = made.map(
        ({ mac, cid, address, gateway }) =>
          `<staticmap><mac>${mac}</mac><cid>${cid}</cid><ipaddr>${address}</ipaddr><gateway>${gateway}</gateway></staticmap>`,
      );
      const [file] = parseFixture(`	<dhcpd><lan><enable></enable>${items.join('')}</lan></dhcpd>\n`).files;
      const mappings = file!.config.query(readDhcpScopes).get('lan')!.staticMappings;
      assert.equal(mappings.all.length, made.length);

      const between = mappings.all.flatMap(({ address }, i) =>
        address && first <= address.value.bits && address.value.bits <= last ? [i] : [],
      );
      assert.deepEqual(
        mappings.between(first, last).toSorted((a, b) => a - b),
        between,
      );

      const sharing = made.flatMap(({ mac, cid }, i) => {
        const known = mac.toLowerCase().replaceAll('-', ':');
        const isShared = made.some(
          (other, j) =>
            j !== i &&
            ((mac !== '' && other.mac.toLowerCase().replaceAll('-', ':') === known) ||
              (cid !== '' && other.cid === cid)),
        );
        return isShared || (mac === '' && cid === '') ? [i] : [];
      });
      assert.deepEqual(mappings.withoutOwnClient, sharing);

      assert.deepEqual(
        mappings.withOwnOptions,
        mappings.all.filter(({ gateway }) => gateway !== undefined),
      );
      found += between.length + sharing.length;
    }),
    { numRuns: 300 },
  );
  assert.ok(found > 300, `only ${found} mappings were looked up`);
});
