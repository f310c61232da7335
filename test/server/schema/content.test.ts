import assert from 'node:assert/strict';
import test from 'node:test';
import { compiledSchema } from '../../../server/src/schema/compiled.ts';
import type { ElementSchema, LeafSchema, ValueType } from '../../../server/src/schema/elementSchema.ts';
import { configSchema } from '../../../server/src/schema/index.ts';
import { isSecretName } from '../../../server/src/schema/secrets.ts';
import { checkOf, isChecked } from '../../../server/src/schema/values.ts';
import fc from '../../harness/fastCheck.ts';

interface Entry {
  readonly path: string;
  readonly name: string;
  readonly schema: ElementSchema;
}

/** Every element of the schema, once at each place; within one that holds itself, once. */
const entries: readonly Entry[] = [...walk(configSchema, '', [])];

test('schema: it speaks of every part of a config', () => {
  assert.ok(entries.length > 2500, `${entries.length} elements`);
  const sections = new Set(Object.keys(configSchema.children()));
  for (const name of parts) assert.ok(sections.has(name), `no section ${name}`);
});

test('schema: each element is described in one sentence of our own', () => {
  const wrong = entries.filter(
    ({ schema: { description } }) =>
      !/^(?:[A-Z\d/]|pf |hostapd |strongSwan ).*\.$/s.test(description) || description.length > 260,
  );
  assert.deepEqual(
    wrong.map(({ path, schema }) => `${path}: ${schema.description}`),
    [],
  );
});

test('schema: names are as pfSense reads them, and versions and pages can be', () => {
  const wrong = entries.filter(({ name, schema: { since, until, replacedBy, docs } }) => {
    if (name !== '*' && !/^[a-z_][\w.-]*$/.test(name)) return true;
    if ([since, until].some(version => version !== undefined && !(version >= 0 && version <= 24.5))) return true;
    if (since !== undefined && until !== undefined && since >= until) return true;
    if (replacedBy !== undefined && until === undefined) return true;
    return docs !== undefined && !/^[a-z0-9-]+(?:\/[a-z0-9-]+)*\.html(?:#[\w-]+)?$/.test(docs);
  });
  assert.deepEqual(
    wrong.map(({ path }) => path),
    [],
  );
});

test('schema: a default, and each word, is a value that the element takes', () => {
  const wrong = leaves().filter(({ schema }) => {
    const isRight = checkOf(schema);
    return (
      (schema.default !== undefined && !isRight(schema.default)) || !Object.keys(schema.words ?? {}).every(isRight)
    );
  });
  assert.deepEqual(
    wrong.map(({ path, schema }) => `${path}: ${schema.default}`),
    [],
  );
});

test('schema: patterns are regular expressions, ranges have two ends, and alternatives are several', () => {
  for (const { path, schema } of leaves())
    for (const type of typesIn(schema.value)) {
      if (type.type === 'pattern') assert.doesNotThrow(() => new RegExp(type.pattern), path);
      if (type.type === 'integer' || type.type === 'decimal') assert.ok(type.min <= type.max, path);
      if (type.type === 'either') assert.ok(type.of.length > 1, path);
    }
  for (const { path, schema } of entries) {
    if (schema.kind === 'group' && schema.keyed)
      assert.doesNotThrow(() => new RegExp(schema.keyed?.pattern ?? ''), path);
  }
});

test('schema: what is described as a secret is one by its name', () => {
  const spoken = /\b(?:password|passphrase|pre-shared key|shared secret|private key|SNMP community)\b/i;
  const open = leaves().filter(
    ({ path, name, schema }) => spoken.test(schema.description) && !isSecretName(name, path.split('/').at(-2)),
  );
  assert.deepEqual(
    open.map(({ path }) => path).filter(path => !speaksOnly.has(path)),
    [],
  );
  // A secret that is one of a few words, or a number, is none.
  const known = leaves().filter(
    ({ name, schema }) => isSecretName(name) && schema.words && !schema.value && !schema.isOpen,
  );
  assert.deepEqual(
    known.map(({ path }) => path),
    [...noSecrets].sort(),
  );
});

test('schema: what runs is what the sections say', () => {
  const { root, units } = compiledSchema();
  for (const { path, schema } of entries) {
    const place = path
      .split('/')
      .reduce<ReturnType<typeof root.child>>((at, name) => at?.child(name === '*' ? sampleKey(at.schema) : name), root);
    assert.equal(place?.schema.description, schema.description, path);
    assert.equal(place?.isChecked, schema.kind === 'leaf' && isChecked(schema), path);
    if (place?.unit) assert.ok(units.has(place.path), path);
  }
});

const parts =
  `version interfaces vlans laggs bridges gifs gres ppps qinqs ifgroups wireless gateways staticroutes virtualip hasync
  aliases filter nat schedules shaper dnshaper dhcpd dhcpdv6 dhcrelay dhcrelay6 kea kea6 dhcpbackend unbound dnsmasq dyndnses
  openvpn ipsec ca cert crl system captiveportal voucher snmpd ntpd syslog cron installedpackages revision widgets wol igmpproxy`.split(
    /\s+/,
  );

/** They tell of secrets and hold none. */
const speaksOnly: ReadonlySet<string> = new Set([
  'system/ssh/sshdkeyonly',
  'system/disableconsolemenu',
  'system/authserver/ldap_allow_unauthenticated',
  'system/authserver/radius_protocol',
  'hasync/adminsync',
  'openvpn/openvpn-client/certref',
]);

/** Their names sound like secrets, and hiding them does no harm. */
const noSecrets: ReadonlySet<string> = new Set(['dhcpd/*/omapi_key_algorithm', 'ipsec/logging/tls']);

function leaves(): readonly { readonly path: string; readonly name: string; readonly schema: LeafSchema }[] {
  return entries.flatMap(({ path, name, schema }) => (schema.kind === 'leaf' ? [{ path, name, schema }] : []));
}

function typesIn(type: ValueType | undefined): readonly ValueType[] {
  if (!type) return [];
  return type.type === 'either' ? [type, ...type.of.flatMap(typesIn)] : [type];
}

function* walk(schema: ElementSchema, path: string, above: readonly ElementSchema[]): Iterable<Entry> {
  if (schema.kind === 'leaf' || above.includes(schema)) return;
  const children = [...Object.entries(schema.children()), ...(schema.keyed ? [['*', schema.keyed.of] as const] : [])];
  for (const [name, child] of children) {
    const inner = path === '' ? name : `${path}/${name}`;
    yield { path: inner, name, schema: child };
    yield* walk(child, inner, [...above, schema]);
  }
}

/** A name that fulfils the pattern of a group's chosen names, and is none of its known ones. */
function sampleKey(schema: ElementSchema): string {
  assert.ok(schema.kind === 'group' && schema.keyed);
  const known = schema.children();
  const names = fc.sample(fc.stringMatching(new RegExp(`^(?:${schema.keyed.pattern})$`)), { numRuns: 50 });
  const key = names.find(name => !Object.hasOwn(known, name));
  assert.ok(key, schema.keyed.pattern);
  return key;
}
