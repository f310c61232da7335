import assert from 'node:assert/strict';
import test from 'node:test';
import { rules } from '../../../server/src/rules/index.ts';
import valueInvalid from '../../../server/src/rules/schema/value-invalid.ts';
import { tellers } from '../../../server/src/rules/toldElsewhere.ts';
import { compiledSchema } from '../../../server/src/schema/compiled.ts';
import { spanOf } from '../../../server/src/syntax/tree.ts';
import { parseFixture } from '../../harness/fixture.ts';
import { findingsIn } from '../../harness/rule.ts';

const lan =
  '\t<interfaces><lan><enable></enable><if>vmx1</if><ipaddr>192.0.2.2</ipaddr><subnet>24</subnet></lan></interfaces>\n';

/** What around an element its rule needs to speak; `$` is the element. */
const surroundings: Readonly<Record<string, string>> = {
  'virtualip/vip':
    '<virtualip><vip><mode>carp</mode><interface>lan</interface><subnet>192.0.2.1</subnet>$</vip></virtualip>',
  hasync: '<hasync><pfsyncenabled>on</pfsyncenabled><pfsyncinterface>lan</pfsyncinterface>$</hasync>',
  'kea/ha':
    '<dhcpbackend>kea</dhcpbackend><dhcpd><lan><enable></enable></lan></dhcpd><kea><ha><enable></enable>$</ha></kea>',
  'kea6/ha':
    '<dhcpbackend>kea</dhcpbackend><dhcpdv6><lan><enable></enable></lan></dhcpdv6><kea6><ha><enable></enable>$</ha></kea6>',
};

for (const [path, teller] of tellers) {
  test(`told elsewhere: of <${path}> ${teller.rule} speaks, and value-invalid does not`, () => {
    const { root } = compiledSchema();
    const place = path.split('/').reduce<typeof root | undefined>((at, name) => at?.child(name), root);
    assert.ok(place?.schema.kind === 'leaf', 'the schema has it');
    const rule = rules.find(({ id }) => id === teller.rule);
    assert.ok(rule, 'the rule exists');
    assert.deepEqual(placesOf([rule], path, '?!').filter(isMarked), ['?!']);
    assert.deepEqual(placesOf([valueInvalid], path, '?!'), []);
  });

  const { sibling } = teller;
  if (!sibling) continue;
  test(`told elsewhere: of <${path}> value-invalid speaks where ${sibling.name} is not so`, () => {
    const element = `<${sibling.name}>${sibling.text ?? ''}</${sibling.name}>`;
    const without = (source: string) =>
      source.slice(0, source.lastIndexOf(element)) + source.slice(source.lastIndexOf(element) + element.length);
    const isTaken = placesOf([valueInvalid], path, '?!', without).filter(isMarked);
    assert.deepEqual(isTaken, compiledChecks(path) ? ['?!'] : []);
  });
}

test('told elsewhere: what needs a peer is said by value-invalid in a file without one', () => {
  const source = '\t<hasync><synchronizetoip>?!</synchronizetoip></hasync>\n';
  assert.equal(findingsIn([valueInvalid], parseFixture(source)).length, 1);
});

/** Whether the schema has more to say of the element than that it is a text. */
function compiledChecks(path: string): boolean {
  const { root } = compiledSchema();
  return path.split('/').reduce<typeof root | undefined>((at, name) => at?.child(name), root)?.isChecked ?? false;
}

/** The texts at which findings stand in the primary, where the element holds that text. */
function placesOf(
  which: Parameters<typeof findingsIn>[0],
  path: string,
  text: string,
  change: (source: string) => string = source => source,
): readonly string[] {
  const slash = path.lastIndexOf('/');
  const [around, name] = [path.slice(0, slash), path.slice(slash + 1)];
  const body = surroundings[around];
  assert.ok(body, `how ${around} looks is not said`);
  const source = (value: string) => change(`${lan}\t${body.replace('$', `<${name}>${value}</${name}>`)}\n`);
  const good = source('1');
  const fixture = parseFixture(
    `--- primary.xml\n${source(text)}--- secondary.xml\n${good.replace('192.0.2.2', '192.0.2.3')}`,
  );
  const [primary] = fixture.files;
  return findingsIn(which, fixture)
    .filter(({ at }) => at.anchor.document === primary?.config.document)
    .map(({ at }) => primary?.text.slice(spanOf(at).start, spanOf(at).end) ?? '');
}

function isMarked(text: string): boolean {
  return text === '?!';
}
